using System.Text.Json;
using AuthServer.Actions.Messages;
using AuthServer.Core;
using AuthServer.Core.Actions;

namespace AuthServer.Web.Actions;

/// <summary>Makes what a process executes of what is stored.</summary>
internal static class ActionSources
{
    public static ActionSource Of(
        string name,
        string code,
        byte[]? secretsSealed,
        string dependencies,
        IReadOnlyList<BoundModule> modules,
        ISecretBox box) =>
        new(name, code, ActionSecrets.Open(secretsSealed, box))
        {
            Dependencies = VersionsOf(dependencies),
            Modules =
            [
                .. modules.Select(module => new ModuleSource(
                    module.Name, module.Code, ActionSecrets.Open(module.SecretsSealed, box))),
            ],
        };

    /// <summary>A name that is there twice has its last version.</summary>
    private static Dictionary<string, string> VersionsOf(string dependencies)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(dependencies);
        foreach (var dependency in document.RootElement.EnumerateArray())
        {
            if (JsonText.Of(dependency, "name") is { } name && JsonText.Of(dependency, "version") is { } version)
                versions[name] = version;
        }

        return versions;
    }
}
