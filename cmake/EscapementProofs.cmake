# The manifest of proofs_check/ as a string in the judge. The proofs' own build compares it with what compiled.
set(manifest ${PROJECT_SOURCE_DIR}/proofs_check/manifest.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
file(READ ${manifest} ESCAPEMENT_PROOFS_MANIFEST)
configure_file(${PROJECT_SOURCE_DIR}/cmake/proofs_manifest.cpp.in ${PROJECT_BINARY_DIR}/generated/proofs_manifest.cpp @ONLY)
target_sources(escapement_judge PRIVATE ${PROJECT_BINARY_DIR}/generated/proofs_manifest.cpp)
