import { ask } from './api.js';
import { byId, debounce, showProblem } from './dom.js';
import { isUntouched } from './library.js';
import { onModels, openChosen, refreshModels } from './models.js';
import { createSee } from './see.js';
import { keepAtOnce, onDocument, openDocument, showNamed } from './session.js';
import { change, fromFragment, onChange, state, toFragment, VIEWS } from './state.js';
import { createTrain } from './train.js';
import { createWrite } from './write.js';

const ADDRESS_AFTER_MS = 400;
const TITLES = { write: 'Write', see: 'See', train: 'Train' };
let isGoingBack = false;
const writeAddressSoon = debounce(() => writeAddress(false), ADDRESS_AFTER_MS);

function addressOf(view) {
  const song = openDocument();
  return toFragment(view, { id: isUntouched(song) ? null : song.id, text: song.tree.text });
}

function writeAddress(isNewPlace) {
  writeAddressSoon.drop();
  const write = isNewPlace ? 'pushState' : 'replaceState';
  history[write]({ isOurs: true, isKept: keepAtOnce() }, '', addressOf(state.view));
  VIEWS.forEach((view) => byId(`nav-${view}`).setAttribute('href', addressOf(view)));
}

function isOwnEntry() {
  return history.state?.isOurs === true;
}

function readAddress(isText) {
  const { settings, text, stored } = fromFragment(location.hash);
  if (settings.model === '') {
    settings.model = state.model;
  }
  if (isText && keepAtOnce()) {
    // After a reload the stored text is later than the address, which waits for a pause in the typing.
    const isStoredLater = history.state?.isKept === true;
    const isFound = showNamed(isStoredLater ? null : text, stored) || showNamed(text, stored);
    const lost = new Error('The text of this address is not kept in this browser.');
    showProblem(byId('storage-problem'), isFound ? null : lost);
  }
  change(settings);
}

function showView() {
  for (const view of VIEWS) {
    byId(`view-${view}`).hidden = view !== state.view;
    if (view === state.view) {
      byId(`nav-${view}`).setAttribute('aria-current', 'page');
    } else {
      byId(`nav-${view}`).removeAttribute('aria-current');
    }
  }
  byId('model-choice').hidden = state.view === 'train';
  document.title = `${TITLES[state.view]} – Lyricist studio`;
}

function refresh() {
  if (state.view === 'train') {
    train.refresh();
  } else {
    refreshModels();
  }
}

async function tellAbout() {
  const { version, engine, folder } = await ask('studio');
  byId('about').textContent = `Lyricist ${version}, computing with ${engine}, on the runs in ${folder}`;
}

readAddress(true);
const write = createWrite(byId('view-write'));
createSee(byId('view-see'));
const train = createTrain(byId('view-train'));

byId('model').addEventListener('change', ({ target }) => change({ model: target.value }));
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (link === null || !isPlain) {
    return;
  }
  event.preventDefault();
  if (link.id === 'skip') {
    byId('main').focus();
  } else {
    change({ view: fromFragment(link.hash).settings.view });
  }
});
onDocument((what) => what !== 'kept' && writeAddressSoon());
onModels(() => writeAddressSoon());
onChange((keys) => {
  if (keys.has('model')) {
    openChosen();
  }
  if (keys.has('view')) {
    showView();
    writeAddress(!isGoingBack);
    refresh();
  } else {
    writeAddressSoon();
  }
});
addEventListener('popstate', () => {
  isGoingBack = true;
  readAddress(!isOwnEntry());
  isGoingBack = false;
});
addEventListener('beforeunload', (event) => keepAtOnce() || event.preventDefault());
addEventListener('pagehide', () => {
  writeAddressSoon.now();
  keepAtOnce();
});
showView();
writeAddress(false);
refresh();
tellAbout().catch(() => {}); // which is told of the list of models, asked for at the same time
if (state.view === 'write' && matchMedia('(min-width: 60rem)').matches) {
  write.editor.textarea.focus();
}
