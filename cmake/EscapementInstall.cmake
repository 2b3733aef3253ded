# The library as a package: find_package(escapement) gives escapement::escapement and a target per room.
include(CMakePackageConfigHelpers)

set(escapement_package ${CMAKE_INSTALL_LIBDIR}/cmake/escapement)
set(escapement_targets escapement_all)
foreach(room IN LISTS ESCAPEMENT_ROOMS)
  list(APPEND escapement_targets escapement_${room})
  install(DIRECTORY src/${room}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/escapement/${room}
    FILES_MATCHING PATTERN "*.h" PATTERN "json_cursor.h" EXCLUDE  # private: users need no nlohmann-json
    PATTERN "sealed_file.h" EXCLUDE)
endforeach()
install(TARGETS ${escapement_targets} EXPORT escapement-targets)
install(EXPORT escapement-targets NAMESPACE escapement:: DESTINATION ${escapement_package})
if(TARGET escapement_tool)
  install(TARGETS escapement_tool)
endif()

configure_package_config_file(cmake/escapementConfig.cmake.in ${PROJECT_BINARY_DIR}/escapementConfig.cmake
  INSTALL_DESTINATION ${escapement_package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/escapementConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/escapementConfig.cmake ${PROJECT_BINARY_DIR}/escapementConfigVersion.cmake
  cmake/FindGMP.cmake cmake/FindMPFR.cmake cmake/FindArb.cmake
  DESTINATION ${escapement_package})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
