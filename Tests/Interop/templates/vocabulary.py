"""What random templates are made of."""

PIECES = [
    "a",
    "Bc",
    " ",
    "  ",
    "<b>",
    "&",
    "&amp;",
    '"',
    "'",
    "\n",
    "é",
    "ß",
    "👋",
    "1",
    "-2",
    "3.5",
]
PIECES += [
    "word",
    "it's",
    "</p>",
    "<br>",
    "http://example.com/?a=b&c=d",
    "x@example.com",
    "%",
    "\\",
]
NAMES = ["text", "html", "int", "float", "flag", "none", "list", "rows", "dict", "deep", "missing"]
PATHS = [
    *NAMES,
    "list.0",
    "list.1",
    "list.9",
    "rows.0",
    "rows.1.0",
    "dict.a",
    "dict.b",
    "dict.nosuch",
    "deep.0.k",
    "deep.1.v",
    "deep.0.v.0",
    "text.0",
    "int.0",
    "none.x",
    "dict.items",
    "forloop.counter",
    "forloop.last",
    "forloop.parentloop.counter0",
    "item",
    "item.k",
    "item.0",
    "key",
    "value",
    "made",
]
NUMBERS = ["0", "1", "2", "3", "7", "-1", "10", "'2'", "small"]
WORDS = ["'a'", "'<'", "', '", "''", "' '", "'é'", "text", "html"]
FILTERS = {
    "": (
        "addslashes capfirst default_if_none:1 escape escapejs escapeseq filesizeformat first "
        "floatformat force_escape iriencode json_script last length linebreaks linebreaksbr "
        "linenumbers lower make_list pluralize pprint safe safeseq slugify striptags title "
        "unordered_list upper urlencode urlize wordcount yesno apnumber intcomma intword ordinal "
        "localize unlocalize"
    ).split(),
    "number": (
        "add center divisibleby floatformat get_digit ljust rjust truncatechars truncatewords "
        "truncatechars_html truncatewords_html wordwrap urlizetrunc"
    ).split(),
    "word": "add cut default default_if_none join json_script stringformat urlencode".split(),
    "slice": ["slice"],
    "format": ["stringformat"],
    "decimals": ["floatformat"],
    "choice": ["yesno", "pluralize"],
    "key": ["dictsort", "dictsortreversed"],
    # Wrong arguments, but none that would ask for gigabytes.
    "any": "add default default_if_none divisibleby floatformat join slice yesno".split(),
}
ARGUMENTS = {
    "number": NUMBERS,
    "word": WORDS,
    "slice": ["':2'", "'1:'", "'-2:'", "'::-1'", "'1:2'", "'x'", "1"],
    "format": ["'s'", "'5s'", "'d'", "'05d'", "'.2f'", "'r'", "'x'", "'e'", "'g'", "'-8s'"],
    "decimals": ["'2g'", "'-2'", "'0'", "'u'", "'3u'"],
    "choice": ["'a,b'", "'y,ies'", "'a,b,c'", "'es'", "''", "'<,>'"],
    "key": ["'k'", "'v'", "0", "1", "'nosuch'", "'k.x'"],
    "any": ["0", "2.5", "none", "float", "int", "'x'", "list", "dict", "flag", "rows"],
}
DATE_FILTERS = ["date", "time", "date:'c'", "date:'D j N y, P'", "date:'H:i:s.u T e'", "time:'g A'"]
DATE_FILTERS += ["timesince:later", "timeuntil:later", "date:'jS F Y W z t L'", "date:'r'"]
OPERATORS = ["==", "!=", "<", ">", "<=", ">=", "in", "not in"]
ZONES = ["UTC", "Europe/Paris", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"]
