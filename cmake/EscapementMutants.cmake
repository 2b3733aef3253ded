# Mutants of the engine, which the laws of property_tests/engine must see (docs/concepts/property-tests.md).
#
# The sources of src/ that hold hooks are compiled a second time with ESCAPEMENT_MUTANTS and linked before the static
# rooms, which thus have nothing left to add; everything else, laws included, is the object file that is there already.
#   mutant.<name>     the laws that property_tests/mutants.txt lists for it fail, and for their own reason
#   mutant.none       without a mutant all of them pass, and every law is listed for some mutant

file(GLOB candidates CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*/*.cpp)
set(hooked)
foreach(source IN LISTS candidates)
  file(STRINGS ${source} hook REGEX "#include \"escapement/numeric/mutant\\.h\"")
  if(hook)
    list(APPEND hooked ${source})
  endif()
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${hooked} ${PROJECT_SOURCE_DIR}/src/numeric/mutant.h ${PROJECT_SOURCE_DIR}/property_tests/mutants.txt)

add_library(escapement_mutants OBJECT ${hooked} ${PROJECT_SOURCE_DIR}/property_tests/support/mutant.cpp)
escapement_own(escapement_mutants)
target_compile_definitions(escapement_mutants PRIVATE ESCAPEMENT_MUTANTS)
target_link_libraries(escapement_mutants PRIVATE escapement_all nlohmann_json::nlohmann_json fmt::fmt)

add_executable(mutant_engine
  $<TARGET_OBJECTS:property_engine> $<TARGET_OBJECTS:escapement_catch_main> $<TARGET_OBJECTS:escapement_mutants>)
escapement_test_target(mutant_engine)
set_target_properties(mutant_engine PROPERTIES LINKER_LANGUAGE CXX)
target_link_libraries(mutant_engine PRIVATE Catch2::Catch2 rapidcheck rapidcheck_catch MPFI::MPFI)

# Both lists name the same mutants: one without a law, or a law for none, ends here.
file(READ ${PROJECT_SOURCE_DIR}/src/numeric/mutant.h text)
string(REGEX MATCHALL "\n  X\\([a-z_]+\\)" declared "${text}")
list(TRANSFORM declared REPLACE "[^a-z]*X\\(([a-z_]+)\\)" "\\1")
file(STRINGS ${PROJECT_SOURCE_DIR}/property_tests/mutants.txt listed REGEX "^[a-z_]+$")
list(SORT declared)
list(SORT listed)
if(NOT declared STREQUAL listed)
  message(FATAL_ERROR "src/numeric/mutant.h declares ${declared}, property_tests/mutants.txt lists ${listed}")
endif()

foreach(mutant IN LISTS listed ITEMS none)
  escapement_register(mutant.${mutant} bash ${PROJECT_SOURCE_DIR}/property_tests/mutant.sh
    $<TARGET_FILE:mutant_engine> ${PROJECT_SOURCE_DIR}/property_tests/mutants.txt ${mutant})
endforeach()
