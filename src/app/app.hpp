// The top of the house: the list of modules, the commands of the program.
#pragma once

namespace chilang::app {

// `chilang --help` lists the commands. Returns the exit status.
int run(int argc, char** argv);

}  // namespace chilang::app
