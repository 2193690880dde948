using System.Collections.Frozen;

namespace AuthServer.Actions.Child;

/// <summary>The modules that <c>require</c> finds in every realm.</summary>
internal static class RuntimeModules
{
    /// <summary>What the name of a module of the administrator begins with.</summary>
    public const string OwnPrefix = "actions:";

    private static readonly (string Name, string Script)[] OfNode =
    [
        ("buffer", "bytes"), ("crypto", "keys"), ("querystring", "url"), ("timers/promises", "util"), ("url", "url"),
        ("util", "util"),
    ];

    private static readonly (string Name, string Script)[] OfPackages =
    [
        ("auth0", "auth0"), ("axios", "axios"), ("jsonwebtoken", "jwt"), ("node-fetch", "http"), ("qs", "qs"),
        ("uuid", "util"),
    ];

    /// <summary>By its name, the script that has the module. Only those of Node.js have its prefix.</summary>
    public static FrozenDictionary<string, string> All { get; } = OfNode
        .Concat(OfNode.Select(module => (Name: "node:" + module.Name, module.Script)))
        .Concat(OfPackages)
        .ToFrozenDictionary(module => module.Name, module => module.Script, StringComparer.Ordinal);
}
