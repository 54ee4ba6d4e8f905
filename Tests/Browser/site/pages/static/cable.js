// The element of {% turbo_stream_from %}, as @hotwired/turbo-rails has it: a subscription on the cable.
class TurboCableStreamSource extends HTMLElement {
  connectedCallback() {
    const identifier = JSON.stringify({
      channel: this.getAttribute("channel"),
      signed_stream_name: this.getAttribute("signed-stream-name"),
    })
    const cable = new WebSocket(`ws://${location.host}/cable`, ["actioncable-v1-json"])
    cable.addEventListener("message", ({ data }) => {
      const { type, message } = JSON.parse(data)
      if (type === "welcome") cable.send(JSON.stringify({ command: "subscribe", identifier }))
      else if (!type) this.dispatchEvent(new MessageEvent("message", { data: message }))
    })
    Turbo.connectStreamSource(this)
  }
}
customElements.define("turbo-cable-stream-source", TurboCableStreamSource)
