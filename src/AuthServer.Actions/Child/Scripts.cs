using Acornima.Ast;
using Jint;

namespace AuthServer.Actions.Child;

/// <summary>The scripts that make a realm, prepared once.</summary>
internal static class Scripts
{
    private static readonly string[] Names =
    [
        "core", "inspect", "bytes", "url", "qs", "crypto", "keys", "web", "body", "http", "axios", "jwt", "auth0",
        "routes", "util", "api",
    ];

    /// <summary>
    /// An object with the function of each script, none of which has been called, and the table of modules.
    /// </summary>
    public static Prepared<Script> Realm { get; } = Engine.PrepareScript(
        ObjectOf(Names.Select(name => $"{name}:\n{Read(name)}").Append($"modules: {Modules}")), "realm", strict: true);

    /// <summary>An Action that uses what Actions usually use: a child that has executed it is warm.</summary>
    public static string WarmUp => Read("warmup");

    private static string Modules =>
        ObjectOf(RuntimeModules.All.Select(module => $"'{module.Key}': '{module.Value}'"));

    private static string ObjectOf(IEnumerable<string> members) =>
        $"({{ __proto__: null,\n{string.Join(",\n", members)} }})";

    private static string Read(string name)
    {
        using var stream = typeof(Scripts).Assembly.GetManifestResourceStream(name + ".js")
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
