//! What stands in the header of the C library: its functions and enumerations.

/// A function of the header.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) returns: String,
    pub(crate) parameters: Vec<Parameter>,
}

pub(crate) struct Parameter {
    pub(crate) kind: String,
    pub(crate) name: String,
}

impl Function {
    /// As it is declared.
    pub(crate) fn prototype(&self) -> String {
        let parameters: Vec<String> = self
            .parameters
            .iter()
            .map(|parameter| format!("{} {}", parameter.kind, parameter.name))
            .collect();
        let parameters = match parameters.as_slice() {
            [] => "void".to_owned(),
            parameters => parameters.join(", "),
        };
        format!("{} {}({parameters})", self.returns, self.name)
    }
}

/// The functions of the header.
pub(crate) fn functions(header: &str) -> Vec<Function> {
    let mut functions = Vec::new();
    let code: String = without_comments(header);
    for statement in code.split(';') {
        let statement = statement.split_whitespace().collect::<Vec<_>>().join(" ");
        // What stands before belongs to the preprocessor or to the end of a struct.
        let Some((before, parameters)) = statement.split_once('(') else {
            continue;
        };
        let Some(name) = before
            .rsplit([' ', '*'])
            .next()
            .filter(|name| name.starts_with("liniment_"))
        else {
            continue;
        };
        if statement.contains('{') || before.contains("typedef") || !statement.ends_with(')') {
            continue;
        }
        let returns = before.trim_end_matches(name).trim();
        let returns = returns.rsplit("extern \"C\" {").next().unwrap_or(returns);
        let returns = returns.rsplit("#endif").next().unwrap_or(returns);
        // The body of an inline function may end before it.
        let returns = returns.trim_start_matches(['}', ' ']).trim_end();
        let parameters = parameters
            .trim_end_matches(')')
            .split(',')
            .map(str::trim)
            .filter(|parameter| !parameter.is_empty() && *parameter != "void")
            .map(|parameter| {
                let at = parameter.rfind([' ', '*']).map_or(0, |at| at + 1);
                let (kind, name) = parameter.split_at(at);
                Parameter {
                    kind: kind.trim().to_owned(),
                    name: name.to_owned(),
                }
            })
            .collect();
        functions.push(Function {
            name: name.to_owned(),
            returns: returns.to_owned(),
            parameters,
        });
    }
    functions
}

/// The comment of a function, as one line; empty where it has none.
pub(crate) fn comment(header: &str, function: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in header.lines() {
        let text = line.trim_start();
        if text.starts_with("/**") {
            lines.clear();
        }
        if text.starts_with(['/', '*']) {
            lines.push(text.trim_matches(['/', '*', ' ']));
        } else if line.contains(&format!("{function}(")) {
            return lines.join(" ").trim().to_owned();
        }
    }
    String::new()
}

fn without_comments(header: &str) -> String {
    let mut code = String::new();
    let mut rest = header;
    while let Some((before, after)) = rest.split_once("/*") {
        code.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    code.lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The names of the enumerations of the header.
pub(crate) fn enumerations(header: &str) -> Vec<String> {
    without_comments(header)
        .lines()
        .filter_map(|line| line.strip_prefix("enum "))
        .map(|name| name.trim_end_matches('{').trim().to_owned())
        .filter(|name| name.starts_with("liniment_"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{comment, enumerations, functions};

    #[test]
    fn the_header_is_read() {
        let header = "/** f(x); */\nenum liniment_e\n#if 1\n : int\n#endif\n{\n  LINIMENT_E_A = 1,\n};\n\
                      int32_t liniment_a(const liniment_kb *kb,\n  liniment_str name, size_t count);\n\
                      static inline int liniment_b(int x) { return x; }\nvoid liniment_c(void);";
        let prototypes: Vec<String> = functions(header)
            .iter()
            .map(|function| function.prototype())
            .collect();
        assert_eq!(
            prototypes,
            [
                "int32_t liniment_a(const liniment_kb * kb, liniment_str name, size_t count)",
                "void liniment_c(void)"
            ]
        );
        assert_eq!(enumerations(header), ["liniment_e"]);
        let header = "/**\n * Gives it, as `liniment_b()` does.\n * Yours.\n */\nint liniment_a(int x);\n";
        assert_eq!(
            comment(header, "liniment_a"),
            "Gives it, as `liniment_b()` does. Yours."
        );
        assert_eq!(comment(header, "liniment_b"), "");
    }
}
