// Exists only to carry the precompiled header.
