// liniment.hpp: owners, exceptions, ranges.
#include <cstdio>
#include <string>
#include <type_traits>

#include "liniment.hpp"

static_assert(!std::is_copy_constructible_v<liniment::Case> && std::is_nothrow_move_constructible_v<liniment::Case>);
static_assert(!std::is_copy_constructible_v<liniment::Advice> && !std::is_copy_constructible_v<liniment::KnowledgeBase>);

static int failures = 0;

static void check(bool fine, const char *what) {
  if (!fine) {
    failures++;
    std::fprintf(stderr, "%s\n", what);
  }
}
#define CHECK(condition) check(condition, #condition)

template <class Call> static liniment::Status thrown(Call &&call) {
  try {
    call();
  } catch (const liniment::Error &error) {
    liniment::Error copy = error;
    CHECK(!std::string(copy.what()).empty() && !copy.code().empty());
    return copy.status();
  }
  return LINIMENT_STATUS_OK;
}

int main() {
  liniment::KnowledgeBase loaded = liniment::KnowledgeBase::builtin({"calf-cramps", "leg-red-flags"});
  std::vector<std::uint8_t> bytes = loaded.to_bytes();
  liniment::KnowledgeBase base = std::move(loaded);
  CHECK(liniment::KnowledgeBase::from_bytes(bytes.data(), bytes.size()).to_bytes() == bytes);
  CHECK(thrown([&] { liniment::KnowledgeBase::from_bytes(bytes.data(), 7); }) == LINIMENT_STATUS_INVALID_PACK);
  liniment::Case known = base.new_case();
  known.set("onset_setting", "during_exercise")
      .set("muscles_affected", "calf_only")
      .set("cramp_state", "released")
      .set("in_session", false)
      .set("time_since_release", std::chrono::hours(20));
  liniment::Advice advice = known.advise();
  std::size_t count = 0;
  for (const liniment::Item &item : advice) {
    CHECK(!liniment::view(item.text).empty() && advice.verdict(liniment::view(item.id)) == item.verdict);
    count++;
  }
  CHECK(count == advice.size() && count > 0);
  CHECK(advice.verdict("massage_rolling") == LINIMENT_VERDICT_DEFER);
  CHECK(advice.verdict("nothing") == LINIMENT_VERDICT_NONE);
  CHECK(advice.questions().size() > 0 && !liniment::view(advice.questions()[0].ask).empty());
  CHECK(base.in_language("de").case_from_json(known.json()).advise().json() != advice.json());
  CHECK(base.case_from_json(known.json()).advise().json() == advice.json());
  CHECK(known.explain("massage_rolling").find("massage_rolling: wait") != std::string::npos);
  CHECK(known.what_if("{\"time_since_release\":\"30h\"}").find("massage_rolling") != std::string::npos);
  CHECK(known.plan(std::chrono::hours(48)).find("intervals") != std::string::npos);
  CHECK(known.ways("massage_rolling", LINIMENT_VERDICT_RECOMMEND).find("ways") != std::string::npos);
  CHECK(known.suffices("massage_rolling").find("facts") != std::string::npos);
  CHECK(known.page().find("<!doctype html>") == 0 && known.page(LINIMENT_OUTPUT_MARKDOWN)[0] == '#');
  CHECK(known.explain_page("massage_rolling").find("<!doctype html>") == 0);
  CHECK(base.graph().find("nodes") != std::string::npos);
  CHECK(base.codegen("calf").find("CALF_ADVICE_ICE") != std::string::npos);
  liniment::Case copy = known.copy();
  copy.clear().range("time_since_release", "1d", "3d").report("in_session", "true", "watch").decline("spray").unset("spray");
  CHECK(copy.json() != known.json());
  copy.set(liniment_bool(base.fact("in_session"), true));
  std::vector<std::uint8_t> codes(base.advice_count());
  known.verdicts(codes.data(), codes.size());
  CHECK(codes[base.advice_id("massage_rolling")] == LINIMENT_VERDICT_DEFER);
  CHECK(thrown([&] { known.set("cramp_state", "activ"); }) == LINIMENT_STATUS_UNKNOWN_NAME);
  CHECK(thrown([&] { known.set("in_session", 3); }) == LINIMENT_STATUS_INVALID_CASE);
  CHECK(thrown([&] { known.set("in_session", 3.5); }) == LINIMENT_STATUS_INVALID_CASE);
  CHECK(thrown([&] { liniment::KnowledgeBase::folder("/nowhere"); }) == LINIMENT_STATUS_UNREADABLE);
  CHECK(thrown([&] { base.fact(std::string_view("\xff", 1)); }) == LINIMENT_STATUS_INVALID_TEXT);
  std::printf("%d failures\n", failures);
  return failures == 0 ? 0 : 1;
}
