"""pprint, which breaks lines at 80 columns, and other long values."""

CONTEXT = {
    "short": ["a", 1, None, True, 2.5],
    "long": [f"item number {number}" for number in range(12)],
    "numbers": list(range(60)),
    "dict": {f"key{number}": "value " * number for number in (3, 1, 2, 10)},
    "nested": {"list": [["deep"] * 12, {"a": 1}], "d": {"x": {"y": {"z": list(range(40))}}}},
    "text": "word " * 30,
    "lines": "first line\nsecond line\n" * 5,
    "quotes": 'it\'s a "quoted" text, ' * 6,
    "wide": ["日本語テキスト" * 3] * 5,
    "exact": ["x" * 33, "y" * 40],
    "over": ["x" * 34, "y" * 40],
    "one": ["z" * 100],
    "empty": [[], {}, "", [[]], [{}]],
    "rows": [{"id": n, "name": f"name {n}", "tags": ["a", "b"]} for n in range(4)],
    "mixed": {"b": 1, "a": "x", "C": None, "10": 1, "9": 2},
    "slash": "back\\slash \x00 \t é 👋",
}

RENDERS = [
    *("{{ %s|pprint }}" % name for name in CONTEXT),
    *("{{ %s|pprint|safe }}" % name for name in CONTEXT),
    *("{{ %s }}" % name for name in CONTEXT),
    *("{{ %s|json_script:'j' }}" % name for name in CONTEXT),
    *("{{ %s|stringformat:'r' }}" % name for name in CONTEXT),
    *(
        "{{ %s|wordwrap:20 }}|{{ %s|truncatewords:5 }}|{{ %s|length }}" % (name, name, name)
        for name in ("text", "lines", "quotes", "wide")
    ),
]
