#include <exception>
#include <iostream>

#include <liniment.hpp>

int main() {
  try {
    auto base = liniment::KnowledgeBase::builtin();
    std::cout << base.new_case().set("cramp_state", "active").advise().json() << '\n';
  } catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
