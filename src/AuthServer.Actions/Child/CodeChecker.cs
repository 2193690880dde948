using Acornima;
using Acornima.Ast;
using AuthServer.Actions.Messages;

namespace AuthServer.Actions.Child;

/// <summary>Finds what keeps code from being deployed: syntax errors, and modules that there are not.</summary>
internal static class CodeChecker
{
    /// <summary>What the name of a module of the administrator begins with.</summary>
    public const string OwnModule = "actions:";

    private static readonly string[] Modules =
    [
        "axios", "buffer", "crypto", "jsonwebtoken", "node-fetch", "querystring", "timers/promises", "url",
        "util", "uuid",
    ];

    public static IReadOnlyList<CompileError> Check(CodeCheck check)
    {
        try
        {
            var own = check.Modules.Select(name => OwnModule + name);
            var known = Modules.Concat(own).ToHashSet(StringComparer.Ordinal);
            var calls = ActionRealm.Prepare(check.Code).Program!.DescendantNodes().OfType<CallExpression>();
            return [.. calls.Select(call => Unknown(call, known)).OfType<CompileError>()];
        }
        catch (Exception failure) when (ErrorOf(failure) is not null)
        {
            var error = ErrorOf(failure)!;
            return [new CompileError(error.Description ?? error.Message, error.LineNumber, error.Column + 1)];
        }
    }

    private static ParseErrorException? ErrorOf(Exception failure) =>
        failure as ParseErrorException ?? failure.InnerException as ParseErrorException;

    private static CompileError? Unknown(CallExpression call, HashSet<string> known)
    {
        if (call is not { Callee: Identifier { Name: "require" }, Arguments: [StringLiteral { Value: var name }] })
            return null;
        var module = name.StartsWith("node:", StringComparison.Ordinal) ? name["node:".Length..] : name;
        return known.Contains(module)
            ? null
            : new CompileError(
                $"Cannot find module '{name}'", call.Location.Start.Line, call.Location.Start.Column + 1);
    }
}
