using Acornima.Ast;
using Jint;

namespace AuthServer.Actions.Child;

/// <summary>The scripts that make a realm, prepared once.</summary>
internal static class Scripts
{
    public static Prepared<Script> Core { get; } = Prepare("core.js");

    public static Prepared<Script>[] Modules { get; } =
        [Prepare("node.js"), Prepare("keys.js"), Prepare("http.js"), Prepare("jwt.js")];

    public static Prepared<Script> Api { get; } = Prepare("api.js");

    /// <summary>An Action that uses what Actions usually use: a child that has executed it is warm.</summary>
    public static string WarmUp => Read("warmup.js");

    private static Prepared<Script> Prepare(string name) => Engine.PrepareScript(Read(name), name, strict: true);

    private static string Read(string name)
    {
        using var stream = typeof(Scripts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
