/// A parsed piece of a template: text, a variable, or a tag (`django/template/base.py Node`).
package indirect enum Node: Sendable {
  case text([UInt8])
  case variable(FilterExpression)
  case autoescape(AutoescapeTag)
  case block(BlockTag)
  case cache(CacheTag)
  case classNames(ClassNamesTag)
  case csrfToken
  case currentTimeZone(name: String)
  case cycle(CycleTag)
  case domID(DOMIDTag)
  case extends(ExtendsTag)
  case filter(FilterTag)
  case firstOf(FirstOfTag)
  case `for`(ForTag)
  case `if`(IfTag)
  case ifChanged(IfChangedTag)
  case include(IncludeTag)
  case language(LanguageTag)
  case languageInfo(LanguageInfoTag)
  case localize(LocalizeTag)
  case localTime(LocalTimeTag)
  case lorem(LoremTag)
  /// A tag that renders nothing: `load`, `comment`, `debug` outside of Django's debug mode.
  case nothing
  case now(NowTag)
  case queryString(QueryStringTag)
  case regroup(RegroupTag)
  case resetCycle(NodeID)
  case spaceless(SpacelessTag)
  case `static`(StaticTag)
  case timeZone(TimeZoneTag)
  case translate(TranslateTag)
  case blockTranslate(BlockTranslateTag)
  case turboFrame(TurboFrameTag)
  case turboStream(TurboStreamTag)
  case url(URLTag)
  case widthRatio(WidthRatioTag)
  case with(WithTag)
}

/// Which tag it is, over all templates of an engine: what a tag remembers while rendering is kept by it.
package struct NodeID: Hashable, Sendable {
  let template: Int
  let index: Int
}
