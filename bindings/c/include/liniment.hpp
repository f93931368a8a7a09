/* liniment for C++17: the C interface with owners, exceptions and ranges. Header only.
 *
 *   liniment::KnowledgeBase base = liniment::KnowledgeBase::builtin({"calf-cramps", "leg-red-flags"});
 *   liniment::Case known = base.new_case();
 *   known.set("cramp_state", "active").set("in_session", true);
 *   for (const liniment::Item &item : known.advise())
 *     std::cout << liniment::name(item.verdict) << ": " << liniment::view(item.text) << '\n';
 *
 * Owners move and do not copy. What fails throws liniment::Error. Threads as in liniment.h: knowledge bases
 * and advice may be shared, cases and interviews belong to one thread at a time.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef LINIMENT_HPP
#define LINIMENT_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liniment.h"

namespace liniment {

using Status = liniment_status;
using Verdict = liniment_verdict;
using Item = liniment_item;
using Value = liniment_value;

/** A text of the library; empty where it is absent. Lives as long as what it came from. */
inline std::string_view view(liniment_str text) noexcept {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.len);
}

/** A text for the library. */
inline liniment_str str(std::string_view text) noexcept {
  return liniment_str{text.data() == nullptr ? "" : text.data(), text.size()};
}

/** The name of a verdict, as in JSON. */
inline const char *name(Verdict verdict) noexcept {
  const char *found = liniment_verdict_name(static_cast<std::uint8_t>(verdict));
  return found == nullptr ? "" : found;
}

/** What a failed call threw. */
class Error : public std::runtime_error {
public:
  Error(Status status, liniment_error *error)
      : std::runtime_error(error == nullptr ? "liniment failed" : std::string(view(liniment_error_message(error)))),
        status_(status), error_(error, liniment_error_free) {}

  /** What the function answered. */
  Status status() const noexcept { return status_; }
  /** The stable code, `C0101`. */
  std::string_view code() const noexcept { return view(liniment_error_code(error_.get())); }
  /** The file of a pack; empty where it is not in one. */
  std::string_view file() const noexcept { return view(liniment_error_file(error_.get())); }
  /** The line, from 1; 0 where there is none. */
  std::uint32_t line() const noexcept { return liniment_error_line(error_.get()); }
  /** The column, from 1; 0 where there is none. */
  std::uint32_t column() const noexcept { return liniment_error_column(error_.get()); }
  /** The fact, or the path inside a case. */
  std::string_view place() const noexcept { return view(liniment_error_place(error_.get())); }
  /** The nearest name. */
  std::string_view nearest() const noexcept { return view(liniment_error_nearest(error_.get())); }
  /** All of it as JSON. */
  std::string_view json() const noexcept { return view(liniment_error_json(error_.get())); }
  /** The error itself; NULL when the library could not make one. */
  const liniment_error *get() const noexcept { return error_.get(); }

private:
  Status status_;
  std::shared_ptr<liniment_error> error_; // Shared: exceptions are copied.
};

namespace detail {

/** Calls a function whose last argument is the error, and throws where it fails. */
template <class Function, class... Arguments> void call(Function function, Arguments... arguments) {
  liniment_error *error = nullptr;
  Status status = function(arguments..., &error);
  if (status != LINIMENT_STATUS_OK)
    throw Error(status, error);
}

/** The same for a function that gives a text away. */
template <class Call> std::string text(Call &&give) {
  liniment_text text{nullptr, 0};
  give(&text);
  std::unique_ptr<liniment_text, void (*)(liniment_text *)> owner(&text, liniment_text_free);
  return std::string(text.data, text.len);
}

/** Fills a struct that carries its size. */
template <class Struct, class Handle, class Fill> Struct entry(const Handle *handle, std::size_t index, Fill fill) {
  Struct filled{};
  filled.size = sizeof filled;
  Status status = fill(handle, index, &filled);
  if (status != LINIMENT_STATUS_OK)
    throw std::out_of_range("there is nothing at this place");
  return filled;
}

template <class T, void (*Free)(T *)> struct Delete {
  void operator()(T *owned) const noexcept { Free(owned); }
};

template <class T, void (*Free)(T *)> using Owner = std::unique_ptr<T, Delete<T, Free>>;

} // namespace detail

/** Structs of advice by their place, for range-for. Lives no longer than the advice. */
template <class Struct, std::size_t (*Count)(const liniment_advice *),
          Status (*Fill)(const liniment_advice *, std::size_t, Struct *)>
class Range {
public:
  class iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Struct;
    using difference_type = std::ptrdiff_t;
    using pointer = const Struct *;
    using reference = const Struct &;

    iterator(const liniment_advice *advice, std::size_t index, std::size_t count)
        : advice_(advice), index_(index), count_(count) {
      load();
    }
    reference operator*() const noexcept { return current_; }
    pointer operator->() const noexcept { return &current_; }
    iterator &operator++() {
      ++index_;
      load();
      return *this;
    }
    bool operator==(const iterator &other) const noexcept { return index_ == other.index_; }
    bool operator!=(const iterator &other) const noexcept { return index_ != other.index_; }

  private:
    void load() {
      if (index_ < count_)
        current_ = detail::entry<Struct>(advice_, index_, Fill);
    }
    const liniment_advice *advice_;
    std::size_t index_;
    std::size_t count_;
    Struct current_{};
  };

  explicit Range(const liniment_advice *advice) noexcept : advice_(advice), count_(Count(advice)) {}
  iterator begin() const { return iterator(advice_, 0, count_); }
  iterator end() const { return iterator(advice_, count_, count_); }
  std::size_t size() const noexcept { return count_; }
  bool empty() const noexcept { return count_ == 0; }
  Struct operator[](std::size_t index) const { return detail::entry<Struct>(advice_, index, Fill); }

private:
  const liniment_advice *advice_;
  std::size_t count_;
};

/** The advice for a case: a range of items, and more. */
class Advice {
public:
  using Items = Range<liniment_item, liniment_advice_count, liniment_advice_item>;
  using Causes = Range<liniment_cause, liniment_advice_cause_count, liniment_advice_cause>;
  using Questions = Range<liniment_question, liniment_advice_question_count, liniment_advice_question>;
  using Conflicts = Range<liniment_conflict, liniment_advice_conflict_count, liniment_advice_conflict>;
  using Silenced = Range<liniment_suppressed, liniment_advice_suppressed_count, liniment_advice_suppressed>;

  /** Takes over what the C interface gave. */
  explicit Advice(liniment_advice *owned) noexcept : advice_(owned) {}

  Items items() const noexcept { return Items(advice_.get()); }
  Causes causes() const noexcept { return Causes(advice_.get()); }
  Questions questions() const noexcept { return Questions(advice_.get()); }
  Conflicts conflicts() const noexcept { return Conflicts(advice_.get()); }
  Silenced suppressed() const noexcept { return Silenced(advice_.get()); }
  Items::iterator begin() const { return items().begin(); }
  Items::iterator end() const { return items().end(); }
  std::size_t size() const noexcept { return items().size(); }

  /** The verdict of an advice id; LINIMENT_VERDICT_NONE when nothing is said of it. */
  Verdict verdict(std::string_view id) const noexcept {
    Item item{};
    item.size = sizeof item;
    return liniment_advice_find(advice_.get(), str(id), &item) == LINIMENT_STATUS_OK ? item.verdict
                                                                                     : LINIMENT_VERDICT_NONE;
  }
  /** The canonical JSON. */
  std::string json() const {
    return detail::text([&](liniment_text *text) { detail::call(liniment_advice_json, advice_.get(), text); });
  }
  const liniment_advice *get() const noexcept { return advice_.get(); }

private:
  detail::Owner<liniment_advice, liniment_advice_free> advice_;
};

/** What is known of one person or thing. Belongs to one thread at a time. */
class Case {
public:
  /** Takes over what the C interface gave. */
  explicit Case(liniment_case *owned) noexcept : case_(owned) {}

  Case &set(std::string_view fact, bool yes) {
    detail::call(liniment_case_set_bool_by_name, case_.get(), str(fact), yes);
    return *this;
  }
  /** As on the command line: `released`, `24h`, `["thick"]`, `{"from":"1d","to":"3d"}`. */
  Case &set(std::string_view fact, std::string_view value) {
    detail::call(liniment_case_set_text, case_.get(), str(fact), str(value));
    return *this;
  }
  Case &set(std::string_view fact, const char *value) { return set(fact, std::string_view(value)); }
  Case &set(std::string_view fact, double number) {
    detail::call(liniment_case_set_number_by_name, case_.get(), str(fact), number);
    return *this;
  }
  Case &set(std::string_view fact, int whole) { return set(fact, static_cast<std::int64_t>(whole)); }
  Case &set(std::string_view fact, std::int64_t whole) {
    detail::call(liniment_case_set_integer_by_name, case_.get(), str(fact), whole);
    return *this;
  }
  Case &set(std::string_view fact, std::chrono::microseconds time) {
    detail::call(liniment_case_set_duration_us_by_name, case_.get(), str(fact), std::int64_t{time.count()});
    return *this;
  }
  /** By number. */
  Case &set(const Value &value) {
    detail::call(liniment_case_set, case_.get(), &value);
    return *this;
  }
  Case &range(std::string_view fact, std::string_view from, std::string_view to) {
    detail::call(liniment_case_set_range_by_name, case_.get(), str(fact), str(from), str(to));
    return *this;
  }
  Case &report(std::string_view fact, std::string_view value, std::string_view source) {
    detail::call(liniment_case_report_by_name, case_.get(), str(fact), str(value), str(source));
    return *this;
  }
  Case &decline(std::string_view fact) {
    detail::call(liniment_case_decline_by_name, case_.get(), str(fact));
    return *this;
  }
  Case &unset(std::string_view fact) {
    detail::call(liniment_case_unset_by_name, case_.get(), str(fact));
    return *this;
  }
  Case &clear() {
    detail::call(liniment_case_clear, case_.get());
    return *this;
  }
  /** A case of its own that knows the same. */
  Case copy() const {
    liniment_case *copied = nullptr;
    detail::call(liniment_case_copy, static_cast<const liniment_case *>(case_.get()), &copied);
    return Case(copied);
  }

  Advice advise() const {
    liniment_advice *advice = nullptr;
    detail::call(liniment_advise, static_cast<const liniment_case *>(case_.get()), &advice);
    return Advice(advice);
  }
  /** Fills a code for each advice id. */
  void verdicts(std::uint8_t *codes, std::size_t count) const {
    detail::call(liniment_verdicts, static_cast<const liniment_case *>(case_.get()), codes, count);
  }
  /** Why, or why not. */
  std::string explain(std::string_view id, std::int32_t output = LINIMENT_OUTPUT_TEXT) const {
    return give([&](const liniment_case *known, liniment_text *text) {
      detail::call(liniment_explain, known, str(id), output, text);
    });
  }
  /** The advice as a page: HTML, a piece of HTML, or Markdown. */
  std::string page(std::int32_t output = LINIMENT_OUTPUT_HTML) const {
    return give([&](const liniment_case *known, liniment_text *text) {
      detail::call(liniment_advise_page, known, output, text);
    });
  }
  /** One explanation as a page; LINIMENT_VERDICT_NONE wants the verdict that the id is usually given. */
  std::string explain_page(std::string_view id, Verdict wanted = LINIMENT_VERDICT_NONE,
                           std::int32_t output = LINIMENT_OUTPUT_HTML) const {
    return give([&](const liniment_case *known, liniment_text *text) {
      detail::call(liniment_explain_page, known, str(id), static_cast<std::uint8_t>(wanted), output, text);
    });
  }
  /** The smallest changes that would give a verdict, as JSON. */
  std::string ways(std::string_view id, Verdict wanted) const {
    return give([&](const liniment_case *known, liniment_text *text) {
      detail::call(liniment_ways, known, str(id), static_cast<std::uint8_t>(wanted), text);
    });
  }
  /** The facts that suffice for what is said, as JSON. */
  std::string suffices(std::string_view id) const {
    return give([&](const liniment_case *known, liniment_text *text) {
      detail::call(liniment_suffices, known, str(id), text);
    });
  }
  /** What some changes would do, as JSON. */
  std::string what_if(std::string_view changes) const {
    return give([&](const liniment_case *known, liniment_text *text) {
      detail::call(liniment_what_if, known, str(changes), text);
    });
  }
  /** The advice as time passes, as JSON. */
  std::string plan(std::chrono::microseconds horizon, std::int32_t output = LINIMENT_OUTPUT_JSON) const {
    return give([&](const liniment_case *known, liniment_text *text) {
      detail::call(liniment_plan, known, std::int64_t{horizon.count()}, output, text);
    });
  }
  /** What is stated, as JSON. */
  std::string json() const {
    return give([&](const liniment_case *known, liniment_text *text) {
      detail::call(liniment_case_json, known, text);
    });
  }
  liniment_case *get() const noexcept { return case_.get(); }

private:
  template <class Call> std::string give(Call &&call) const {
    return detail::text([&](liniment_text *text) { call(static_cast<const liniment_case *>(case_.get()), text); });
  }
  detail::Owner<liniment_case, liniment_case_free> case_;
};

/** Packs, checked and compiled. May be shared between threads. */
class KnowledgeBase {
public:
  /** Takes over what the C interface gave. */
  explicit KnowledgeBase(liniment_kb *owned) noexcept : kb_(owned) {}

  /** Built-in packs by name; all of them when none is named. */
  static KnowledgeBase builtin(std::initializer_list<std::string_view> names = {}) {
    std::vector<liniment_str> list;
    for (std::string_view name : names)
      list.push_back(str(name));
    liniment_kb *kb = nullptr;
    detail::call(liniment_kb_builtin, static_cast<const liniment_str *>(list.data()), list.size(), &kb);
    return KnowledgeBase(kb);
  }
  /** The pack of a folder. */
  static KnowledgeBase folder(std::string_view path) {
    liniment_kb *kb = nullptr;
    detail::call(liniment_kb_from_folder, str(path), &kb);
    return KnowledgeBase(kb);
  }
  /** What `to_bytes` or `liniment compile` gave. */
  static KnowledgeBase from_bytes(const std::uint8_t *data, std::size_t len) {
    liniment_kb *kb = nullptr;
    detail::call(liniment_kb_from_bytes, data, len, &kb);
    return KnowledgeBase(kb);
  }
  /** The knowledge base as bytes, for `from_bytes` of the same version of the library. */
  std::vector<std::uint8_t> to_bytes() const {
    liniment_bytes bytes{nullptr, 0};
    detail::call(liniment_kb_to_bytes, get(), &bytes);
    std::unique_ptr<liniment_bytes, void (*)(liniment_bytes *)> owner(&bytes, liniment_bytes_free);
    return std::vector<std::uint8_t>(bytes.data, bytes.data + bytes.len);
  }

  KnowledgeBase in_language(std::string_view language) const {
    liniment_kb *kb = nullptr;
    detail::call(liniment_kb_in_language, get(), str(language), &kb);
    return KnowledgeBase(kb);
  }
  Case new_case() const {
    liniment_case *made = nullptr;
    detail::call(liniment_case_new, get(), &made);
    return Case(made);
  }
  Case case_from_json(std::string_view json) const {
    liniment_case *made = nullptr;
    detail::call(liniment_case_from_json, get(), str(json), &made);
    return Case(made);
  }
  std::uint32_t fact(std::string_view name) const {
    std::uint32_t number = 0;
    detail::call(liniment_kb_fact, get(), str(name), &number);
    return number;
  }
  std::uint32_t option(std::uint32_t fact, std::string_view name) const {
    std::uint32_t number = 0;
    detail::call(liniment_kb_option, get(), fact, str(name), &number);
    return number;
  }
  std::uint32_t advice_id(std::string_view name) const {
    std::uint32_t number = 0;
    detail::call(liniment_kb_advice_id, get(), str(name), &number);
    return number;
  }
  std::size_t advice_count() const noexcept { return liniment_kb_advice_count(get()); }
  std::uint64_t hash() const noexcept { return liniment_kb_hash(get()); }
  /** What hangs on what, as JSON or as a picture. */
  std::string graph(std::int32_t output = LINIMENT_OUTPUT_JSON) const {
    return detail::text([&](liniment_text *text) { detail::call(liniment_kb_graph, get(), output, text); });
  }
  /** The packs as C; names begin with `prefix`, or with the ids of the packs where it is empty. */
  std::string codegen(std::string_view prefix = {}) const {
    liniment_str absent{nullptr, 0};
    return detail::text([&](liniment_text *text) {
      detail::call(liniment_kb_codegen, get(), str("c"), prefix.empty() ? absent : str(prefix), text);
    });
  }
  /** What holds of every case. */
  std::string prove(std::uint64_t budget = 0, std::int32_t output = LINIMENT_OUTPUT_TEXT) const {
    return detail::text([&](liniment_text *text) { detail::call(liniment_prove, get(), budget, output, text); });
  }
  const liniment_kb *get() const noexcept { return kb_.get(); }

private:
  detail::Owner<liniment_kb, liniment_kb_free> kb_;
};

} // namespace liniment

#endif /* LINIMENT_HPP */
