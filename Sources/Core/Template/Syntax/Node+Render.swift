extension Node {
  package func render(into rendering: inout Rendering) throws(TemplateError) {
    switch self {
    case .text(let text): rendering.write(text)
    case .variable(let expression): rendering.write(try rendering.resolve(expression))
    case .autoescape(let tag): try tag.render(into: &rendering)
    case .block(let tag): try tag.render(into: &rendering)
    case .cache(let tag): try tag.render(into: &rendering)
    case .classNames(let tag): try tag.render(into: &rendering)
    case .csrfToken: CSRFTokenTag.render(into: &rendering)
    case .currentTimeZone(let name):
      rendering.scope.set(name, .string(rendering.filterContext.zone.displayName))
    case .cycle(let tag): try tag.render(into: &rendering)
    case .domID(let tag): try tag.render(into: &rendering)
    case .extends(let tag): try tag.render(into: &rendering)
    case .filter(let tag): try tag.render(into: &rendering)
    case .firstOf(let tag): try tag.render(into: &rendering)
    case .for(let tag): try tag.render(into: &rendering)
    case .if(let tag): try tag.render(into: &rendering)
    case .ifChanged(let tag): try tag.render(into: &rendering)
    case .include(let tag): try tag.render(into: &rendering)
    case .language(let tag): try tag.render(into: &rendering)
    case .languageInfo(let tag): try tag.render(into: &rendering)
    case .localize(let tag): try tag.render(into: &rendering)
    case .localTime(let tag): try tag.render(into: &rendering)
    case .lorem(let tag): try tag.render(into: &rendering)
    case .nothing: break
    case .now(let tag): try tag.render(into: &rendering)
    case .queryString(let tag): try tag.render(into: &rendering)
    case .regroup(let tag): try tag.render(into: &rendering)
    case .resetCycle(let id): rendering.resetCycle(id)
    case .spaceless(let tag): try tag.render(into: &rendering)
    case .static(let tag): try tag.render(into: &rendering)
    case .timeZone(let tag): try tag.render(into: &rendering)
    case .translate(let tag): try tag.render(into: &rendering)
    case .blockTranslate(let tag): try tag.render(into: &rendering)
    case .turboFrame(let tag): try tag.render(into: &rendering)
    case .turboStream(let tag): try tag.render(into: &rendering)
    case .url(let tag): try tag.render(into: &rendering)
    case .widthRatio(let tag): try tag.render(into: &rendering)
    case .with(let tag): try tag.render(into: &rendering)
    }
  }
}
