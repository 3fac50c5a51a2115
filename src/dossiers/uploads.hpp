// Files of a form or of an API request: kept on disk at once, named by the component they are.
//
// When a form comes back with problems its files are not lost: each is a signed token in a hidden
// field `kept`, so nobody has to send the same photo twice over a weak line.
#pragma once

#include "dossiers/service.hpp"
#include "files/files.hpp"
#include "http/http.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chilang::dossiers {

struct Kept {
    std::vector<files::StoredFile> files;
    Problems problems;  // carry the field of the upload
};
// A new file for a component replaces the one that was kept for it.
Kept keep_uploads(Service& service, const http::Request& request);
std::vector<std::string> tokens_of(Service& service, const std::vector<files::StoredFile>& files);
// Numbers of the components among the files.
std::vector<int> components_of(const std::vector<files::StoredFile>& files);

}  // namespace chilang::dossiers
