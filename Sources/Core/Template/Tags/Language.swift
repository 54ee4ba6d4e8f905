/// A language that Django knows (`django/conf/locale/__init__.py LANG_INFO`).
struct Language: Sendable {
  let code: String
  let name: String
  let localName: String
  let isBidirectional: Bool

  private init(
    _ code: String, _ name: String, _ localName: String, isBidirectional: Bool = false
  ) {
    (self.code, self.name, self.localName) = (code, name, localName)
    self.isBidirectional = isBidirectional
  }

  /// Django's setting `LANGUAGES` spells one of the names in another way.
  var nameInSettings: String { code == "nb" ? "Norwegian Bokmål" : name }

  /// What `{% get_language_info %}` gives.
  var info: Mapping {
    [
      "bidi": .bool(isBidirectional), "code": .string(code), "name": .string(name),
      "name_local": .string(localName), "name_translated": .string(name),
    ]
  }

  /// The language of a code, or of the part before its dash (`get_language_info`).
  static func named(_ code: String) throws(TemplateError.Reason) -> Language {
    let parts = code.parts(separatedBy: "-")
    let aliases = [
      "zh-cn": "zh-hans", "zh-hk": "zh-hant", "zh-mo": "zh-hant", "zh-my": "zh-hans",
      "zh-sg": "zh-hans", "zh-tw": "zh-hant",
    ]
    for candidate in [aliases[code] ?? code, parts[0]] {
      if let language = (all + others).first(where: { $0.code == candidate }) { return language }
    }
    throw .unknownLanguage(code, generic: parts.count > 1 ? parts[0] : nil)
  }

  /// Whether text of the language runs from right to left (`get_language_bidi`).
  static func isBidirectional(_ code: String) -> Bool {
    ["he", "ar", "ar-dz", "ckb", "fa", "ug", "ur"].contains(code.parts(separatedBy: "-")[0])
  }

  /// The default of Django's setting `LANGUAGES`, in its order.
  static let all = [
    Language("af", "Afrikaans", "Afrikaans"),
    Language("ar", "Arabic", "العربيّة", isBidirectional: true),
    Language("ar-dz", "Algerian Arabic", "العربية الجزائرية", isBidirectional: true),
    Language("ast", "Asturian", "asturianu"),
    Language("az", "Azerbaijani", "Azərbaycanca", isBidirectional: true),
    Language("bg", "Bulgarian", "български"),
    Language("be", "Belarusian", "беларуская"),
    Language("bn", "Bengali", "বাংলা"),
    Language("br", "Breton", "brezhoneg"),
    Language("bs", "Bosnian", "bosanski"),
    Language("ca", "Catalan", "català"),
    Language("ckb", "Central Kurdish (Sorani)", "کوردی", isBidirectional: true),
    Language("cs", "Czech", "česky"),
    Language("cy", "Welsh", "Cymraeg"),
    Language("da", "Danish", "dansk"),
    Language("de", "German", "Deutsch"),
    Language("dsb", "Lower Sorbian", "dolnoserbski"),
    Language("el", "Greek", "Ελληνικά"),
    Language("en", "English", "English"),
    Language("en-au", "Australian English", "Australian English"),
    Language("en-gb", "British English", "British English"),
    Language("eo", "Esperanto", "Esperanto"),
    Language("es", "Spanish", "español"),
    Language("es-ar", "Argentinian Spanish", "español de Argentina"),
    Language("es-co", "Colombian Spanish", "español de Colombia"),
    Language("es-mx", "Mexican Spanish", "español de Mexico"),
    Language("es-ni", "Nicaraguan Spanish", "español de Nicaragua"),
    Language("es-ve", "Venezuelan Spanish", "español de Venezuela"),
    Language("et", "Estonian", "eesti"),
    Language("eu", "Basque", "Basque"),
    Language("fa", "Persian", "فارسی", isBidirectional: true),
    Language("fi", "Finnish", "suomi"),
    Language("fr", "French", "français"),
    Language("fy", "Frisian", "frysk"),
    Language("ga", "Irish", "Gaeilge"),
    Language("gd", "Scottish Gaelic", "Gàidhlig"),
    Language("gl", "Galician", "galego"),
    Language("he", "Hebrew", "עברית", isBidirectional: true),
    Language("hi", "Hindi", "हिंदी"),
    Language("hr", "Croatian", "Hrvatski"),
    Language("hsb", "Upper Sorbian", "hornjoserbsce"),
    Language("hu", "Hungarian", "Magyar"),
    Language("hy", "Armenian", "հայերեն"),
    Language("ia", "Interlingua", "Interlingua"),
    Language("id", "Indonesian", "Bahasa Indonesia"),
    Language("ig", "Igbo", "Asụsụ Ìgbò"),
    Language("io", "Ido", "ido"),
    Language("is", "Icelandic", "Íslenska"),
    Language("it", "Italian", "italiano"),
    Language("ja", "Japanese", "日本語"),
    Language("ka", "Georgian", "ქართული"),
    Language("kab", "Kabyle", "taqbaylit"),
    Language("kk", "Kazakh", "Қазақ"),
    Language("km", "Khmer", "Khmer"),
    Language("kn", "Kannada", "Kannada"),
    Language("ko", "Korean", "한국어"),
    Language("ky", "Kyrgyz", "Кыргызча"),
    Language("lb", "Luxembourgish", "Lëtzebuergesch"),
    Language("lt", "Lithuanian", "Lietuviškai"),
    Language("lv", "Latvian", "latviešu"),
    Language("mk", "Macedonian", "Македонски"),
    Language("ml", "Malayalam", "മലയാളം"),
    Language("mn", "Mongolian", "Mongolian"),
    Language("mr", "Marathi", "मराठी"),
    Language("ms", "Malay", "Bahasa Melayu"),
    Language("my", "Burmese", "မြန်မာဘာသာ"),
    Language("nb", "Norwegian Bokmal", "norsk (bokmål)"),
    Language("ne", "Nepali", "नेपाली"),
    Language("nl", "Dutch", "Nederlands"),
    Language("nn", "Norwegian Nynorsk", "norsk (nynorsk)"),
    Language("os", "Ossetic", "Ирон"),
    Language("pa", "Punjabi", "Punjabi"),
    Language("pl", "Polish", "polski"),
    Language("pt", "Portuguese", "Português"),
    Language("pt-br", "Brazilian Portuguese", "Português Brasileiro"),
    Language("ro", "Romanian", "Română"),
    Language("ru", "Russian", "Русский"),
    Language("sk", "Slovak", "slovensky"),
    Language("sl", "Slovenian", "Slovenščina"),
    Language("sq", "Albanian", "shqip"),
    Language("sr", "Serbian", "српски"),
    Language("sr-latn", "Serbian Latin", "srpski (latinica)"),
    Language("sv", "Swedish", "svenska"),
    Language("sw", "Swahili", "Kiswahili"),
    Language("ta", "Tamil", "தமிழ்"),
    Language("te", "Telugu", "తెలుగు"),
    Language("tg", "Tajik", "тоҷикӣ"),
    Language("th", "Thai", "ภาษาไทย"),
    Language("tk", "Turkmen", "Türkmençe"),
    Language("tr", "Turkish", "Türkçe"),
    Language("tt", "Tatar", "Татарча"),
    Language("udm", "Udmurt", "Удмурт"),
    Language("ug", "Uyghur", "ئۇيغۇرچە", isBidirectional: true),
    Language("uk", "Ukrainian", "Українська"),
    Language("ur", "Urdu", "اردو", isBidirectional: true),
    Language("uz", "Uzbek", "oʻzbek tili"),
    Language("vi", "Vietnamese", "Tiếng Việt"),
    Language("zh-hans", "Simplified Chinese", "简体中文"),
    Language("zh-hant", "Traditional Chinese", "繁體中文"),
  ]

  /// Known, but not in the setting.
  private static let others = [Language("no", "Norwegian", "norsk")]
}
