"""The engines that are asked from Python; driven line by line by the program beside it.

Each line of the input is a JSON object that says what to do; each is answered by one line. Times are of the
processor, on one thread.
"""

import json
import sys
from pathlib import Path
from time import process_time

import duckdb
import numpy
import polars
import pyarrow
import zen

FOLDER = Path(sys.argv[1])


class ZenTable:
    """ZEN's package: a decision table that collects the rules that hold, asked case by case."""

    def __init__(self, facts, rules, cases):
        inputs = [{"id": fact["id"], "name": fact["id"], "field": fact["id"]} for fact in facts]
        rows = []
        for number, rule in enumerate(rules):
            row = {"_id": str(number), "rule": str(number)}
            for test in rule["tests"]:
                row[test["fact"]] = self.cell(test)
            rows.append(row)
        content = {
            "hitPolicy": "collect",
            "inputs": inputs,
            "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
            "rules": rows,
        }
        place = {"x": 0, "y": 0}
        model = {
            "contentType": "application/vnd.gorules.decision",
            "nodes": [
                {"id": "in", "type": "inputNode", "name": "in", "position": place},
                {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": content},
                {"id": "out", "type": "outputNode", "name": "out", "position": place},
            ],
            "edges": [
                {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
                {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
            ],
        }
        self.decision = zen.ZenEngine().create_decision(json.dumps(model))
        self.cases = cases

    @staticmethod
    def cell(test):
        values = [("true" if value else "false") if isinstance(value, bool) else repr(value) for value in test["values"]]
        match test["test"]:
            case "from":
                return f">= {values[0]}"
            case "to":
                return f"<= {values[0]}"
            case "between":
                return f"[{values[0]}..{values[1]}]"
            case _:
                return ", ".join(values)

    def run(self):
        self.said = [self.decision.evaluate(case)["result"] for case in self.cases]

    def answers(self):
        return [(number, int(row["rule"])) for number, rows in enumerate(self.said) for row in rows]


class ZenExpressions:
    """ZEN's package: each rule a compiled expression, asked one after the other."""

    def __init__(self, facts, rules, cases):
        self.rules = [zen.compile_expression(rule["expression"]) for rule in rules]
        self.cases = cases

    def run(self):
        self.said = [[rule.evaluate(case) for rule in self.rules] for case in self.cases]

    def answers(self):
        return [
            (number, rule)
            for number, truths in enumerate(self.said)
            for rule, truth in enumerate(truths)
            if truth is True
        ]


def frame(facts, cases):
    """The cases as columns."""
    types = {"bool": polars.Boolean, "choice": polars.Categorical, "integer": polars.Int64, "number": polars.Float64}
    columns = {fact["id"]: [case[fact["id"]] for case in cases] for fact in facts}
    schema = {fact["id"]: types[fact["kind"]] for fact in facts}
    return polars.DataFrame(columns, schema=schema)


def pairs(columns):
    """Row and column of all that is true, row by row."""
    truths = numpy.stack([numpy.asarray(column, dtype=bool) for column in columns], axis=1)
    return numpy.argwhere(truths)


class Polars:
    """All rules as columns of one query over all rows; null where nothing is known."""

    def __init__(self, facts, rules, cases):
        self.frame = frame(facts, cases)
        self.rules = [
            polars.all_horizontal([self.condition(test) for test in rule["tests"]]).alias(str(number))
            for number, rule in enumerate(rules)
        ]

    @staticmethod
    def condition(test):
        column, values = polars.col(test["fact"]), test["values"]
        match test["test"]:
            case "is":
                return column if values[0] is True else ~column if values[0] is False else column == values[0]
            case "in":
                return column.is_in(values)
            case "from":
                return column >= values[0]
            case "to":
                return column <= values[0]
            case _:
                return column.is_between(values[0], values[1])

    def run(self):
        self.said = self.frame.lazy().select(self.rules).collect()

    def answers(self):
        return pairs([column.fill_null(False).to_numpy() for column in self.said.get_columns()])


class DuckDb:
    """All rules as columns of one query over all rows; null where nothing is known."""

    def __init__(self, facts, rules, cases):
        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 1")
        self.connection.execute("SET preserve_insertion_order = true")
        self.connection.register("given", frame(facts, cases).to_arrow())
        self.connection.execute("CREATE TABLE cases AS SELECT * FROM given")
        columns = [
            " AND ".join(self.condition(test) for test in rule["tests"]) + f' AS "{number}"'
            for number, rule in enumerate(rules)
        ]
        self.query = "SELECT " + ", ".join(columns) + " FROM cases"

    @staticmethod
    def condition(test):
        values = [str(value).lower() if isinstance(value, bool) else repr(value) for value in test["values"]]
        match test["test"]:
            case "is":
                return f"{test['fact']} = {values[0]}"
            case "in":
                return f"{test['fact']} IN ({', '.join(values)})"
            case "from":
                return f"{test['fact']} >= {values[0]}"
            case "to":
                return f"{test['fact']} <= {values[0]}"
            case _:
                return f"{test['fact']} BETWEEN {values[0]} AND {values[1]}"

    def run(self):
        self.said = self.connection.sql(self.query).to_arrow_table()

    def answers(self):
        filled = [column.fill_null(False).to_numpy() for column in self.said.columns]
        return pairs(filled)


ENGINES = {
    "ZEN table, Python": ZenTable,
    "ZEN expressions, Python": ZenExpressions,
    "Polars": Polars,
    "DuckDB": DuckDb,
}


def main():
    loaded = {}
    for line in sys.stdin:
        question = json.loads(line)
        answer = {}
        match question["do"]:
            case "versions":
                answer = {
                    "python": sys.version.split()[0],
                    "polars": polars.__version__,
                    "duckdb": duckdb.__version__,
                    "pyarrow": pyarrow.__version__,
                }
            case "load":
                workload = json.loads((FOLDER / "workload.json").read_text())
                start = process_time()
                loaded[question["engine"]] = ENGINES[question["engine"]](
                    workload["facts"], workload["rules"], workload["cases"]
                )
                answer = {"seconds": process_time() - start}
            case "run":
                engine = loaded[question["engine"]]
                start = process_time()
                engine.run()
                answer = {"seconds": process_time() - start}
            case "answers":
                said = numpy.asarray(loaded[question["engine"]].answers(), dtype="<u4").reshape(-1, 2)
                said.tofile(FOLDER / "answers.bin")
            case _:
                return
        print(json.dumps(answer), flush=True)


main()
