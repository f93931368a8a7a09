# liniment::liniment, the shared library, and liniment::static; each where it is installed.
get_filename_component(_liniment_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

# `cargo xtask install` puts libraries into lib, cargo-c also where the system has them.
foreach(_liniment_folder lib lib64 "lib/${CMAKE_LIBRARY_ARCHITECTURE}")
  set(_liniment_library "${_liniment_prefix}/${_liniment_folder}/libliniment")
  if(NOT TARGET liniment::liniment AND EXISTS "${_liniment_library}.so")
    add_library(liniment::liniment SHARED IMPORTED)
    set_target_properties(liniment::liniment PROPERTIES
      IMPORTED_LOCATION "${_liniment_library}.so"
      INTERFACE_INCLUDE_DIRECTORIES "${_liniment_prefix}/include")
  endif()
  if(NOT TARGET liniment::static AND EXISTS "${_liniment_library}.a")
    add_library(liniment::static STATIC IMPORTED)
    set_target_properties(liniment::static PROPERTIES
      IMPORTED_LOCATION "${_liniment_library}.a"
      IMPORTED_LINK_INTERFACE_LANGUAGES "C"
      INTERFACE_LINK_LIBRARIES "gcc_s;util;rt;pthread;m;dl;c"
      INTERFACE_INCLUDE_DIRECTORIES "${_liniment_prefix}/include")
  endif()
endforeach()

if(NOT TARGET liniment::liniment AND NOT TARGET liniment::static)
  set(liniment_FOUND FALSE)
  set(liniment_NOT_FOUND_MESSAGE "there is no libliniment under ${_liniment_prefix}")
endif()

unset(_liniment_prefix)
unset(_liniment_folder)
unset(_liniment_library)
