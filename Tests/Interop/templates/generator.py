"""Random templates and contexts: any tag in any other, any filter on any value."""

from datetime import datetime, timedelta, timezone

from case import Case
from vocabulary import (
    ARGUMENTS,
    DATE_FILTERS,
    FILTERS,
    NAMES,
    NUMBERS,
    OPERATORS,
    PATHS,
    PIECES,
    WORDS,
    ZONES,
)

LOAD = "{% load humanize i18n l10n tz cache static turbo_helper %}"
PART = "[{{ item }}{{ made|default:text }}{{ forloop.counter }}{% cycle 'x' 'y' %}]"
BASE = "<{% block one %}{{ html }}{% endblock %}|{% block two %}{{ list }}{% endblock %}>"


class Generator:
    """Makes the same cases from the same `random.Random`."""

    def __init__(self, random):
        self.random = random
        self.pick = random.choice

    def case(self):
        self.cycles = 0
        source = LOAD + self.nodes(self.pick([1, 2, 2, 3]))
        if self.chance(0.1):
            source = "{% extends 'base.html' %}" + LOAD + self.block("one") + self.block("two")
        # A moment that no filter formats is a text on one side only.
        if self.chance(0.1) and "when" not in source:
            source = self.damaged(source)
        return Case(
            source,
            self.context(),
            {"part.html": PART, "base.html": BASE},
            autoescape=self.chance(0.9),
            timezone=self.pick(ZONES),
        )

    def damaged(self, source):
        start = self.random.randrange(len(source))
        end = start + self.random.choice([0, 1, 1, 2, 5])
        return source[:start] + self.pick(["", "", "|", "%}", "{{", "'", " "]) + source[end:]

    def chance(self, probability):
        return self.random.random() < probability

    def some(self, make, most):
        return [make() for _ in range(self.random.randint(0, most))]

    # Values.

    def context(self):
        moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(
            seconds=self.random.randrange(0, 4_000_000_000),
            microseconds=self.random.randrange(10**6),
        )
        return {
            "text": self.text(),
            "html": "<p>" + self.text() + "</p>",
            "int": self.integer(),
            "small": self.random.randint(-2, 12),
            "float": self.float(),
            "flag": self.chance(0.5),
            "none": None,
            "list": self.some(self.scalar, 4),
            "rows": [self.some(self.scalar, 3) for _ in range(self.random.randint(0, 3))],
            "dict": {key: self.scalar() for key in "abcd" if self.chance(0.7)},
            "deep": self.some(lambda: {"k": self.scalar(), "v": self.some(self.scalar, 2)}, 3),
            "when": moment,
            "later": moment + timedelta(seconds=self.random.randrange(-(10**8), 10**9)),
        }

    def text(self):
        return "".join(self.some(lambda: self.pick(PIECES), 8))

    def integer(self):
        return self.pick(
            [0, 1, 2, 5, -3, 42, 1000, 123456, 10**9, 10**25, self.random.randrange(10**6)]
        )

    def float(self):
        return self.pick(
            [0.0, 1.0, 0.5, -2.25, 1e-7, 1e16, 3.14159, 2.675, 1e22, self.random.random()]
        )

    def scalar(self):
        return self.pick(
            [self.text, self.text, self.integer, self.float, lambda: None, lambda: self.chance(0.5)]
        )()

    # Expressions.

    def expression(self):
        if self.chance(0.08):
            return "|".join(["when", self.pick(DATE_FILTERS), *self.some(self.filter, 1)])
        start = self.pick([*PATHS, *NAMES, *NAMES, self.pick(WORDS), self.pick(NUMBERS)])
        return "|".join([start, *self.some(self.filter, 2)])

    def filter(self):
        kind = self.pick(["", "", "", *FILTERS])
        name = self.pick(FILTERS[kind])
        return f"{name}:{self.pick(ARGUMENTS[kind])}" if kind else name

    def operand(self):
        return "|".join([self.pick(PATHS + WORDS + NUMBERS), *self.some(self.filter, 1)])

    def condition(self):
        words = []
        for _ in range(self.random.randint(1, 3)):
            words += [self.pick(["and", "or"])] if words else []
            words += ["not"] if self.chance(0.2) else []
            words += [self.operand()]
            words += self.pick([[], [self.pick(OPERATORS), self.operand()], self.identity()])
        return " ".join(words)

    def identity(self):
        # Of other objects than these, Python may or may not have one.
        return [self.pick(["is", "is not"]), self.pick(["None", "True", "False"])]

    # Tags.

    def nodes(self, depth):
        return "".join(self.node(depth) for _ in range(self.random.randint(1, 3)))

    def node(self, depth):
        if depth == 0 or self.chance(0.45):
            return self.pick([self.variable, self.variable, self.text_node, self.line_tag])()
        return self.pick([self.loop, self.loop, self.conditional, self.enclosing, self.enclosing])(
            self.nodes(depth - 1)
        )

    def variable(self):
        return "{{ " + self.expression() + " }}"

    def text_node(self):
        return self.pick(["\n", " ", "<p>", "</p> <b>", "x", "é", "{# c #}", "{ ", " %}"])

    def line_tag(self):
        one, two = self.expression(), self.expression()
        name = self.pick(["made", "item"])
        self.cycles += 1
        return self.pick(
            [
                f"{{% firstof {one} {two} %}}",
                f"{{% firstof {one} {two} as {name} %}}",
                f"{{% cycle {one} {two} %}}",
                f"{{% cycle {one} {two} as c{self.cycles} silent %}}",
                f"{{% widthratio {one} {self.pick(NUMBERS)} 100 %}}",
                f"{{% translate {self.pick(WORDS)} as made %}}{{{{ made }}}}",
                f"{{% dom_id {one} {two} %}}",
                "{% include 'part.html' %}",
                f"{{% include 'part.html' with item={one} %}}",
                f"{{% include 'part.html' with item={one} text={two} only %}}",
                f"{{% class_names 'a' b={self.pick(NAMES)} c=!{self.pick(NAMES)} %}}",
                f"{{% regroup deep by {self.pick('kv')} as made %}}{{% for item in made %}}"
                "{{ item.grouper }}:{{ item.list|length }},{% endfor %}",
                f"{{% blocktranslate with x={one} count n=list|length %}}{{{{ n }}}} {{{{ x }}}}"
                "{% plural %}{{ n }} % {{ item }}{% endblocktranslate %}",
            ]
        )

    def loop(self, body):
        head = self.pick(
            [
                "item in list",
                "item in rows",
                "item in deep",
                "item in text",
                "item in dict",
                "key, value in dict.items",
                "item in list reversed",
                "item in missing",
                "item in rows.0",
                "item in html|make_list",
                "item in deep|dictsort:'k'",
                "item in list|slice:':2'",
            ]
        )
        empty = "{% empty %}none" if self.chance(0.3) else ""
        return f"{{% for {head} %}}{body}{empty}{{% endfor %}}"

    def conditional(self, body):
        more = f"{{% elif {self.condition()} %}}b" if self.chance(0.3) else ""
        more += "{% else %}c" if self.chance(0.5) else ""
        return f"{{% if {self.condition()} %}}{body}{more}{{% endif %}}"

    def enclosing(self, body):
        tag, *rest = self.pick(
            [
                ("with", f"item={self.expression()} made={self.expression()}"),
                ("autoescape", self.pick(["on", "off"])),
                (
                    "filter",
                    self.pick(
                        ["upper", "force_escape|lower", "title", "linebreaksbr", "striptags"]
                    ),
                ),
                ("spaceless",),
                ("ifchanged",),
                ("ifchanged", self.operand()),
                ("comment",),
                ("cache", "500 name"),
                ("localize", self.pick(["on", "off"])),
                ("localtime", self.pick(["on", "off"])),
                ("timezone", f"'{self.pick(ZONES)}'"),
                ("turbo_frame", f"{self.expression()} src={self.operand()}"),
                ("turbo_stream", f"'{self.pick(['append', 'update'])}' {self.expression()}"),
            ]
        )
        return f"{{% {' '.join([tag, *rest])} %}}{body}{{% end{tag} %}}"

    def block(self, name):
        more = "{{ block.super }}" if self.chance(0.5) else ""
        return f"{{% block {name} %}}{more}{self.nodes(1)}{{% endblock %}}"
