// The class name of a tone in the style sheets: on_course is "on-course".
#pragma once

#include "html/kit.hpp"

namespace chilang::html {

const char* tone_class(Tone tone);

}  // namespace chilang::html
