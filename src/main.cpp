// The program: one binary, many commands. See app/app.hpp.
#include "app/app.hpp"

int main(int argc, char** argv) {
    return chilang::app::run(argc, argv);
}
