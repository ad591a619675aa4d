// Does not even read.
process.stderr.write('no such library\n');
process.exit(127);
