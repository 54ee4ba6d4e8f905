// Which names there are: Django's own, and those that a `{% load %}` brings in.

extension Library {
  /// What every template has (`django/template/engine.py default_builtins`).
  package static let builtIn = Library(
    tags: [
      "autoescape": AutoescapeTag.parse,
      "block": BlockTag.parse,
      "comment": CommentTag.parse,
      "csrf_token": { (_, _) in .csrfToken },
      "cycle": CycleTag.parse,
      "debug": { (_, _) in .nothing },
      "extends": ExtendsTag.parse,
      "filter": FilterTag.parse,
      "firstof": FirstOfTag.parse,
      "for": ForTag.parse,
      "if": IfTag.parse,
      "ifchanged": IfChangedTag.parse,
      "include": IncludeTag.parse,
      "load": LoadTag.parse,
      "lorem": LoremTag.parse,
      "now": NowTag.parse,
      "querystring": QueryStringTag.parse,
      "regroup": RegroupTag.parse,
      "resetcycle": ResetCycleTag.parse,
      "spaceless": SpacelessTag.parse,
      "templatetag": TemplateTagTag.parse,
      "url": URLTag.parse,
      "verbatim": VerbatimTag.parse,
      "widthratio": WidthRatioTag.parse,
      "with": WithTag.parse,
    ],
    filters: stringFilters + listFilters + integerFilters + logicFilters + dateFilters
      + markupFilters + miscellaneousFilters)

  /// The names that `{% load %}` takes.
  package static let shippedNames = [
    "cache", "humanize", "i18n", "l10n", "static", "turbo_helper", "turbo_response", "tz",
  ]

  /// The library of that name, as `{% load %}` finds it (`find_library`).
  package static func shipped(_ name: String) throws(TemplateError.Reason) -> Library {
    switch name {
    case "cache": cache
    case "humanize": humanize
    case "i18n": i18n
    case "l10n": l10n
    case "static": staticFiles
    case "turbo_helper": turboHelper
    case "turbo_response": turboResponse
    case "tz": tz
    default: throw .unknownLibrary(name, known: shippedNames)
    }
  }

  /// The library that has a tag of that name.
  static func homes(ofTag name: String) -> String? {
    shippedNames.first { (try? shipped($0))?.tags[name] != nil }
  }

  /// The library that has a filter of that name.
  static func homes(ofFilter name: String) -> String? {
    shippedNames.first { (try? shipped($0))?.filters[name] != nil }
  }

  private static let cache = Library(tags: ["cache": CacheTag.parse])
  private static let humanize = Library(filters: humanizeFilters)
  private static let i18n = Library(
    tags: [
      "blocktrans": BlockTranslateTag.parse,
      "blocktranslate": BlockTranslateTag.parse,
      "get_available_languages": LanguageInfoTag.parse,
      "get_current_language": LanguageInfoTag.parse,
      "get_current_language_bidi": LanguageInfoTag.parse,
      "get_language_info": LanguageInfoTag.parseInfo,
      "get_language_info_list": LanguageInfoTag.parseInfo,
      "language": LanguageTag.parse,
      "trans": TranslateTag.parse,
      "translate": TranslateTag.parse,
    ],
    filters: languageFilters)
  private static let l10n = Library(
    tags: ["localize": LocalizeTag.parse], filters: localizationFilters)
  private static let staticFiles = Library(
    tags: [
      "get_media_prefix": StaticTag.parsePrefix,
      "get_static_prefix": StaticTag.parsePrefix,
      "static": StaticTag.parse,
    ])
  private static let turboHelper = Library(
    tags: turboTags(isEscaping: true).merging(
      ["class_names": ClassNamesTag.parse, "turbo_stream_all": turboStream(isEscaping: true)]
    ) { $1 })
  private static let turboResponse = Library(tags: turboTags(isEscaping: false))
  private static let tz = Library(
    tags: [
      "get_current_timezone": CurrentTimeZoneTag.parse,
      "localtime": LocalTimeTag.parse,
      "timezone": TimeZoneTag.parse,
    ],
    filters: timeZoneFilters)

  private static func turboTags(isEscaping: Bool) -> [String: TagParser] {
    [
      "dom_id": DOMIDTag.parse,
      "turbo_frame": { (parser, token) throws(TemplateError) in
        try TurboFrameTag.parse(&parser, token, isEscaping: isEscaping)
      },
      "turbo_stream": turboStream(isEscaping: isEscaping),
    ]
  }

  private static func turboStream(isEscaping: Bool) -> TagParser {
    { (parser, token) throws(TemplateError) in
      try TurboStreamTag.parse(&parser, token, isEscaping: isEscaping)
    }
  }
}

extension Library {
  /// The filters of `i18n` (`django/templatetags/i18n.py`).
  private static let languageFilters: [Filter] = [
    Filter("language_name", function: languageName),
    Filter("language_name_translated", function: languageName),
    Filter("language_name_local") { (code, _, _) throws(TemplateError.Reason) in
      .string(try Language.named(code.text).localName)
    },
    Filter("language_bidi") { (code, _, _) throws(TemplateError.Reason) in
      .bool(try Language.named(code.text).isBidirectional)
    },
  ]

  private static func languageName(
    _ code: TemplateValue, _: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    .string(try Language.named(code.text).name)
  }
}
