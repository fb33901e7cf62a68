// Checks quatrains against another library than the one that writes them: each line of standard input is what
// `lyricist generate RUN --lines 4 --syllables 7 --rhyme AABA --json` prints. Prints what does not hold, with the
// readings of the last characters. Needs npm's pinyin-pro: npm install pinyin-pro, and Node 18 or later.
//   node phonetics/check-quatrains.mjs < quatrains.jsonl
import { pinyin, polyphonic } from 'pinyin-pro';
import { readFileSync } from 'node:fs';

// The 14 groups of the 中华新韵 (2005), by finals as pinyin-pro writes them without tones.
const groups = [
  'a ia ua', 'o e uo', 'ie üe ê', 'ai uai', 'ei ui uei', 'ao iao', 'ou iu iou', 'an ian uan üan',
  'en in un ün uen', 'ang iang uang', 'eng ing ong iong ueng', 'i er ü', '-i', 'u',
].map((finals) => finals.split(' '));

function group(syllable) {
  if (/^(zh|ch|sh|[rzcs])i$/.test(syllable)) return 12;
  let final = syllable.replace(/^(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])/, '');
  const initial = syllable.slice(0, syllable.length - final.length);
  if (/^[jqxy]$/.test(initial) && /^u/.test(final)) final = 'ü' + final.slice(1);
  if (initial === 'y' && !/^[iüo]|^ai$/.test(final)) final = 'i' + final;
  if (initial === 'y' && final === 'ou') final = 'iou';
  if (initial === 'w' && final !== 'u') final = 'u' + final;
  const found = groups.findIndex((finals) => finals.includes(final));
  if (found < 0) return syllable; // such as ng, which rhymes with nothing
  return found;
}

const readings = (text) => pinyin(text, { toneType: 'none', type: 'array' });
let held = 0;
const lines = readFileSync(0, 'utf8').trim().split('\n');
for (const json of lines) {
  const { text, seed, prefix } = JSON.parse(json);
  const verse = (prefix + text).trim().split(/[ \n]+/);
  const ends = verse.map((line) => group(readings(line.replace(/[^\p{Script=Han}]+$/u, '')).at(-1)));
  const counts = verse.map((line) => [...line.matchAll(/\p{Script=Han}/gu)].length);
  const holds =
    verse.length === 4 && counts.every((count) => count === 7) && ends[0] === ends[1] && ends[0] === ends[3];
  if (holds) {
    held++;
  } else {
    const told = verse.map((line) => `${line} (${readings(line).at(-1)}; of ${polyphonic(line.at(-1)).join(',')})`);
    console.log(`seed ${seed}: ${told.join(' / ')}`);
  }
}
console.log(`${held} of ${lines.length} hold`);
