using System.Runtime.CompilerServices;
using System.Text.Json;
using AuthServer.Actions.Messages;

namespace AuthServer.Web.Tests.Actions;

/// <summary>The Actions in the folder <c>Data</c>, and runs of them.</summary>
internal static class ActionScripts
{
    private const string Mark = "\n//# ";

    public static IReadOnlyDictionary<string, string> Idioms { get; } = Read("idioms.js");

    public static IReadOnlyDictionary<string, string> Attacks { get; } = Read("attacks.js");

    /// <summary>Commands of each idiom as Node.js evaluates them, in JSON.</summary>
    public static IReadOnlyDictionary<string, string> Expected { get; } =
        JsonDocument.Parse(Text("idioms.json")).RootElement.EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetRawText(), StringComparer.Ordinal);

    /// <summary>The Action of Auth0's documents.</summary>
    public static string Documented { get; } = Text("documented.js");

    public static ActionRun Run(params string[] codes) => new()
    {
        Handler = "onExecutePostLogin",
        Event = JsonDocument.Parse(Text("event.json")).RootElement,
        Actions = [.. codes.Select((code, i) => new ActionSource(
            $"Action {i}", code, new Dictionary<string, string>(StringComparer.Ordinal) { ["KEY"] = "k" }))],
    };

    private static string Text(string file, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Data", file));

    private static Dictionary<string, string> Read(string file) => Text(file).Split(Mark).Skip(1).ToDictionary(
        section => section[..section.IndexOf('\n')],
        section => section[section.IndexOf('\n')..],
        StringComparer.Ordinal);
}
