/** What end_with_parent.py is for Python: loaded before npm or the build, it ends them when the start that asked for them is killed. */
process.stdin.on('end', () => process.exit(1));
process.stdin.resume();
process.stdin.unref();
