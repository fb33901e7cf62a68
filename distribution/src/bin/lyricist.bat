@echo off
rem Starts Lyricist on Windows, as bin/lyricist does elsewhere, which says why. Tried under Wine alone.
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "INSTALLED=%%~fI"

if not defined JAVA_HOME goto path
set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%JAVA%" goto found
echo lyricist: JAVA_HOME is %JAVA_HOME%, where there is no Java; set it to a Java, version 17 or later>&2
exit /b 2
:path
set "JAVA="
for %%J in (java.exe) do set "JAVA=%%~$PATH:J"
if defined JAVA goto found
echo lyricist: Java is missing; install it, version 17 or later>&2
exit /b 2
:found
set "VERSION=17"
for %%J in ("%JAVA%\..\..\release") do set "RELEASE=%%~fJ"
if exist "%RELEASE%" for /f "usebackq tokens=1,2 delims==" %%A in ("%RELEASE%") do if "%%A"=="JAVA_VERSION" set "VERSION=%%~B"
for /f "delims=.-+ tokens=1" %%V in ("%VERSION%") do set "MAJOR=%%V"
if %MAJOR% GEQ 17 goto cache
echo lyricist: found Java %VERSION%; install version 17 or later, or set JAVA_HOME>&2
exit /b 2

:cache
if not defined XDG_CACHE_HOME set "XDG_CACHE_HOME=%LOCALAPPDATA%"
if not defined XDG_DATA_HOME set "XDG_DATA_HOME=%LOCALAPPDATA%"
set "CACHE=%XDG_CACHE_HOME%\lyricist"
rem There is no checksum of all jars to be had here: place, Java and the program's own jar have to do.
set "NAME=%INSTALLED%-%JAVA%-%VERSION%"
pushd "%INSTALLED%\lib"
for %%J in (lyricist-cli-*.jar) do set "NAME=%NAME%-%%~nJ-%%~zJ"
popd
set "NAME=%NAME:\=_%"
set "NAME=%NAME::=_%"
set "NAME=%NAME: =_%"
set "START=%CACHE%\start\%NAME%"
set "KIND=plain"
for %%C in (run resume studio trial worker bench-engine compare-engine) do if "%~1"=="%%C" set "KIND=training"
for %%C in (generate eval validate backends) do if "%~1"=="%%C" set "KIND=computing"

set "ARCHIVE="
set "SIZE=none"
if exist "%START%\%KIND%" for /f "usebackq tokens=1-3" %%A in ("%START%\%KIND%") do if "%%A"=="#" set "ARCHIVE=%%B"& set "SIZE=%%C"
if "%SIZE%"=="0" goto start
if defined ARCHIVE for %%F in ("%START%\%ARCHIVE%") do if "%%~zF"=="%SIZE%" goto start
"%JAVA%" -cp "%INSTALLED%\lib\*" io.github.lyricist.cli.start.Prepare "%INSTALLED%" "%CACHE%" "%NAME%" "%JAVA%" 1>&2 <nul
if errorlevel 1 exit /b 1

:start
for /f "usebackq tokens=1,* delims==" %%A in ("%START%\environment") do if not defined %%A set "%%A=%%B"
"%JAVA%" "@%START%\%KIND%" "-Dlyricist.home=%INSTALLED%" -Dlyricist.called=lyricist ^
  "-XX:ErrorFile=%TEMP%\lyricist-crash-%%p.log" "-XX:ReplayDataFile=%TEMP%\lyricist-replay-%%p.log" ^
  %JAVA_OPTS% io.github.lyricist.cli.Main %*
exit /b %ERRORLEVEL%
