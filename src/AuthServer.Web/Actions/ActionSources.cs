using AuthServer.Actions.Messages;
using AuthServer.Core;
using AuthServer.Core.Actions;

namespace AuthServer.Web.Actions;

/// <summary>Makes what a process executes of what is stored.</summary>
internal static class ActionSources
{
    public static ActionSource Of(
        string name, string code, byte[]? secretsSealed, IReadOnlyList<BoundModule> modules, ISecretBox box) =>
        new(name, code, ActionSecrets.Open(secretsSealed, box))
        {
            Modules =
            [
                .. modules.Select(module => new ModuleSource(
                    module.Name, module.Code, ActionSecrets.Open(module.SecretsSealed, box))),
            ],
        };
}
