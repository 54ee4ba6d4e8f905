"""Filters on numbers, logic and sizes."""

CONTEXT = {
    "i": 42,
    "neg": -42,
    "zero": 0,
    "f": 34.23234,
    "six": 6.0,
    "half": 0.5,
    "s": "17",
    "fs": "3.7",
    "word": "word",
    "empty": "",
    "none": None,
    "yes": True,
    "no": False,
    "list": [1, 2],
    "one": [1],
    "dict": {"a": 1},
    "big": 10**25,
    "huge": 1e25,
    "tiny": 1.5e-10,
    "carry": 0.995,
    "m0": -0.0,
    "mtiny": -0.04,
}


def each(filter, *values):
    return " ".join("{{ %s|%s }}," % (value, filter) for value in values)


NUMBERS = ["i", "neg", "zero", "f", "six", "half", "s", "fs", "big", "huge", "tiny", "carry"]
OTHERS = ["word", "empty", "none", "yes", "no", "list", "dict", "missing"]
HALVES = ["0.5", "1.5", "2.5", "-0.5", "-1.5", "0.05", "0.15", "0.25", "1.005", "2.675", "0.045"]

RENDERS = [
    *(each(f"add:{arg}", *NUMBERS) for arg in ("1", "'1'", "-5", "2.5", "six", "s", "big", "yes")),
    *(each(f"add:{arg}", *OTHERS) for arg in ("1", "'x'", "list", "none", "dict", "word")),
    each("add:'-17'", "s", "i", "fs", "word"),
    each("add:' 5 '", "s", "' 6 '", "'1_000'", "'٣'"),
    "{{ list|add:one }} {{ one|add:list|length }} {{ 1.9|add:1.9 }} {{ '1.9'|add:1 }}|",
    *(
        each(f"get_digit:{arg}", "i", "zero", "s", "fs", "word", "six", "f", "yes", "123456789")
        for arg in ("1", "2", "3", "0", "-1", "'1'", "'x'", "9", "2.9")
    ),
    each("get_digit:2", "neg"),
    *(
        each(f"floatformat{arg}", *NUMBERS)
        for arg in (
            "",
            ":3",
            ":0",
            ":'-3'",
            ":-1",
            ":'2'",
            ":10",
            ":'g'",
            ":'2g'",
            ":'2u'",
            ":'gu'",
            ":'-2g'",
        )
    ),
    *(each(f"floatformat{arg}", *HALVES) for arg in ("", ":0", ":1", ":2", ":'-2'")),
    *(
        each(
            f"floatformat{arg}",
            "m0",
            "mtiny",
            "'-0.0'",
            "'-0'",
            "'1e3'",
            "'1E-3'",
            "' 7 '",
            "'nan'",
            "'inf'",
            "'-Infinity'",
            "'1_0.5'",
            "'0x10'",
            "'+5.55'",
            "'.5'",
            "'5.'",
        )
        for arg in ("", ":2", ":0")
    ),
    *(each(f"floatformat{arg}", *OTHERS) for arg in ("", ":2")),
    each("floatformat:'x'", "f", "i", "word"),
    each("floatformat:1.9", "f"),
    each("floatformat:yes", "f"),
    each(
        "floatformat:'2'",
        "123456789.123",
        "0.1",
        "1234567890123456789",
        "'12345678901234567890.555'",
    ),
    each("floatformat:'2g'", "123456789.123", "999.999", "1000", "-1234.5"),
    each("floatformat:300", "f"),
    each("divisibleby:2", "i", "zero", "s", "six", "yes", "neg", "3", "big"),
    each("divisibleby:'7'", "i", "s", "neg"),
    each("divisibleby:-7", "i", "neg"),
    each("divisibleby:2.9", "i", "9", "3"),
    *(
        each(f"default:{arg}", *OTHERS, "zero", "six", "m0", "i")
        for arg in ("'d'", "1", "none", "list")
    ),
    *(each(f"default_if_none:{arg}", *OTHERS, "zero") for arg in ("'d'", "1", "none")),
    *(
        each(f"yesno{arg}", *OTHERS, "i", "zero")
        for arg in ("", ":'a,b'", ":'a,b,c'", ":'a'", ":'a,b,c,d'", ":',,'", ":''", ":'<y>,<n>'")
    ),
    *(
        each(
            f"pluralize{arg}",
            *OTHERS,
            "zero",
            "1",
            "2",
            "1.0",
            "'1'",
            "'2'",
            "'1.0'",
            "one",
            "0.5",
            "-1",
            "' 1 '",
            "'nan'",
        )
        for arg in ("", ":'es'", ":'y,ies'", ":'a,b,c'", ":','", ":''")
    ),
    each("filesizeformat", *OTHERS, "zero", "1", "-1", "s", "fs", "i", "'12345'", "2.9"),
    each(
        "filesizeformat",
        "1023",
        "1024",
        "1025",
        "1536",
        "1048575",
        "1048576",
        "1073741823",
        "1073741824",
        "1099511627776",
        "1125899906842624",
        "1152921504606846976",
        "big",
        "-2048",
    ),
    each("filesizeformat", "1075", "1076", "1126", "1127", "107374182", "huge"),
    each("length", "i", "s", "word", "list", "dict", "none"),
    each("wordcount", "i", "f", "list"),
    each("stringformat:'.2f'", *HALVES, "i", "huge"),
    each("make_list", "i", "neg", "f", "yes"),
    each("slugify", "f", "neg", "yes"),
    each("truncatechars:3", "i", "f", "big", "huge"),
    each("pprint", *NUMBERS, "m0", "yes", "none"),
    each("json_script:'n'", *NUMBERS, "m0"),
    " ".join("{{ %s }}" % value for value in NUMBERS + HALVES + ["m0", "mtiny"]),
    "{{ f|floatformat:2|add:1 }}|{{ s|add:1|add:'2' }}|{{ i|default:1|yesno:'y,n' }}",
    "{{ i|add:word }}|{{ word|add:i }}|{{ word|add:word }}|{{ none|add:none }}|",
    "{% if i|divisibleby:2 %}even{% endif %}{% if s|add:3 == 20 %}twenty{% endif %}",
]

FAILS = [
    "{{ i|add }}",
    "{{ i|divisibleby:0 }}",
    "{{ i|divisibleby:'x' }}",
    "{{ i|divisibleby:none }}",
    "{{ word|divisibleby:2 }}",
    "{{ none|divisibleby:2 }}",
    "{{ list|divisibleby:2 }}",
    "{{ fs|divisibleby:2 }}",
    "{{ missing|divisibleby:2 }}",
    "{{ i|divisibleby }}",
    "{{ i|get_digit }}",
    "{{ i|get_digit:none }}",
    "{{ none|get_digit:1 }}",
    "{{ list|get_digit:1 }}",
    "{{ neg|get_digit:3 }}",
    "{{ f|floatformat:none }}",
    "{{ f|floatformat:huge }}",
    "{{ i|floatformat:big }}",
    "{{ f|floatformat:list }}",
    "{{ f|floatformat:'' }}",
    "{{ i|yesno:1 }}",
    "{{ i|pluralize:1 }}",
    "{{ i|pluralize:none }}",
    "{{ i|default }}",
    "{{ i|default_if_none }}",
    "{{ i|filesizeformat:1 }}",
]
