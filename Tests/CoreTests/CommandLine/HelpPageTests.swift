import Testing

@testable import Core

struct HelpPageTests {
  @Test func shortHelpOfTheToolListsCommandsAndGlobalOptions() {
    #expect(
      help([], isLong: false) == """
        Usage: toy [OPTIONS] COMMAND [ARGUMENTS]
        Broadcast to pages

        Commands:
          send              Publish one element to each group
          tail              Print what arrives in groups
          chats             Look at chats
          help              Print help
          version           Print the version

        Global options:
              --redis URL   Redis to talk to
              --timeout S   Give up the whole command after this long
              --color WHEN  When to colour
          -q, --quiet       Print errors only
          -v, --verbose     Say what is done
          -h, --help        Print help and exit: short with -h, full with --help
              --version     Print the version and exit

        See 'toy COMMAND -h' for one command, 'toy --help' for more.

        """)
  }

  @Test func shortHelpOfACommandGroupsItsOptions() {
    #expect(
      help([Toy.send], isLong: false) == """
        Usage: toy send [OPTIONS] [GROUP...]
        Publish one element to each group

        Arguments:
          [GROUP...]           Where to publish

        Element:
          -a, --action NAME    What the page does with the content
          -t, --target ID      The id of the element that changes

        Content:
              --html HTML      The content, as it is
          -s, --set KEY=VALUE  Set a variable of the template

        Options:
              --rate RATE      Messages a second

        See 'toy send --help' for more, 'toy --help' for global options.

        """)
  }

  @Test func shortHelpOnlyNamesSpecialOptions() {
    let command = CommandSpec(
      name: "cmd", summary: "Do it",
      options: [
        Switch("now", summary: "Do it now").spec,
        Option.seconds("every", short: "e", summary: "Again", rank: .special).spec,
        Switch("twice", summary: "Twice", rank: .special).spec,
        Switch("hidden", summary: "Not for all", rank: .rare).spec,
        Switch("old", section: "Old ways", summary: "As before", rank: .special).spec,
      ])
    #expect(
      help([command], isLong: false) == """
        Usage: toy cmd [OPTIONS]
        Do it

        Options:
              --now  Do it now
              and --every, --twice

        Old ways:
              --old

        See 'toy cmd --help' for more, 'toy --help' for global options.

        """)
  }

  @Test func fullHelpOfTheToolSaysDefaultsVariablesAndTopics() {
    #expect(
      help([], isLong: true) == """
        Broadcast to pages

        Usage: toy [OPTIONS] COMMAND [ARGUMENTS]

        Commands:
          send     Publish one element to each group
          tail     Print what arrives in groups
          chats    Look at chats
          help     Print help
          version  Print the version

        Global options:
              --redis URL
                  Redis to talk to
                  Default: redis://127.0.0.1:6379/0
                  Environment: $TOY_REDIS_URL, $REDIS_URL
                  May be given more than once

              --timeout S
                  Give up the whole command after this long
                  Default: 30
                  Environment: $TOY_TIMEOUT

              --color WHEN
                  When to colour
                  One of: auto, always, never
                  Default: auto

          -q, --quiet
                  Print errors only

          -v, --verbose
                  Say what is done
                  May be given more than once

          -h, --help
                  Print help and exit: short with -h, full with --help

              --version
                  Print the version and exit

        Topics:
          exit-codes  What the exit codes mean

        See 'toy COMMAND --help' for one command, 'toy help exit-codes' for exit codes.

        """)
  }

  @Test func fullHelpOfACommandHasDetailsAndExamples() {
    #expect(
      help([Toy.send], isLong: true) == """
        Publish one element to each group

        Usage: toy send [OPTIONS] [GROUP...]

        Without content options, the content is read from standard input.

        Arguments:
          [GROUP...]  Where to publish

        Element:
          -a, --action NAME
                  What the page does with the content

          -t, --target ID
                  The id of the element that changes

                  It is matched as it is: no CSS, no number sign in front of it. For
                  several elements there is a selector.

                      -t chat-1-message-list

        Content:
              --html HTML
                  The content, as it is

          -s, --set KEY=VALUE
                  Set a variable of the template
                  May be given more than once

        Options:
              --rate RATE
                  Messages a second

        Examples:
          Say hello:
              toy send chat_1 -a update -t list --html 'Hello World'

          Show the time:
              date | toy send chat_1 -t clock > log

        See 'toy --help' for global options, 'toy help exit-codes' for exit codes.

        """)
  }

  @Test func helpOfSubcommandsNamesTheWholePath() {
    #expect(
      help([Toy.chats], isLong: false) == """
        Usage: toy chats COMMAND
        Look at chats

        Commands:
          list  List the chats
          show  Show one chat

        See 'toy chats --help' for more, 'toy --help' for global options.

        """)
    #expect(
      help([Toy.chats, Toy.chats.subcommands[1]], isLong: true) == """
        Show one chat

        Usage: toy chats show ID [FIELD]

        Arguments:
          ID       The chat
          [FIELD]  One field of it

        See 'toy --help' for global options, 'toy help exit-codes' for exit codes.

        """)
  }

  @Test func helpOfASubcommandHasTheOptionsOfItsParent() {
    let parent = CommandSpec(name: "chats", summary: "Look", options: [Toy.limit.spec])
    let child = CommandSpec(name: "list", summary: "List")
    #expect(help([parent, child], isLong: false).contains("--limit N"))
  }

  @Test func narrowHelpPutsTextUnderLongLabels() {
    #expect(
      help([Toy.send], isLong: false, width: 40).contains(
        """
        Element:
          -a, --action NAME
                           What the page does
                           with the content
          -t, --target ID  The id of the element
                           that changes
        """))
  }

  @Test(arguments: [40, 60, 80, 100], [true, false])
  func keepsToTheWidth(width: Int, isLong: Bool) {
    for path in [[]] + Toy.specification.paths {
      // Commands are left whole, so that they can be copied.
      let prose = help(path, isLong: isLong, width: width).split(separator: "\n")
        .filter { !$0.hasPrefix("      toy") && !$0.contains(" | ") && !$0.hasPrefix("Usage") }
      #expect(prose.allSatisfy { $0.count <= width })
    }
  }

  @Test func holdsTheWidthWithinReason() {
    #expect(help([Toy.send], isLong: true, width: 0) == help([Toy.send], isLong: true, width: 40))
    #expect(
      help([Toy.send], isLong: true, width: 999) == help([Toy.send], isLong: true, width: 100))
  }

  @Test func aTopicIsItsSummaryAndText() {
    let topic = Topic("cron", summary: "Running under cron", text: "One\ntwo.\n\n    * * * * *")
    #expect(topic.text(width: 80) == "Running under cron\n\nOne two.\n\n    * * * * *")
  }

  private func help(_ path: [CommandSpec], isLong: Bool, width: Int = 80) -> String {
    HelpPage(Toy.specification, path: path, isLong: isLong).text(width: width) + "\n"
  }
}
