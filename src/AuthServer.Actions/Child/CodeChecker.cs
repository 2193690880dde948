using Acornima;
using Acornima.Ast;
using AuthServer.Actions.Messages;
using Jint;

namespace AuthServer.Actions.Child;

/// <summary>Finds what keeps code from being deployed: syntax errors, and modules that there are not.</summary>
internal static class CodeChecker
{
    /// <summary>
    /// A module is parsed as it was sent, so that it can't close the function around it, and in that function, whose
    /// parameters it can't declare again.
    /// </summary>
    public static IReadOnlyList<CompileError> Check(CodeCheck check)
    {
        if (ErrorOf(() => ActionRealm.Prepare(check.Code), out var code) is { } error)
            return [error];
        var start = ActionRealm.ModuleStart.Length;
        if (check.IsModule && ErrorOf(() => ActionRealm.PrepareModule("", check.Code), out _) is { } inside)
            return [inside.Line == 1 ? inside with { Column = inside.Column - start } : inside];
        var own = check.Modules.Select(name => RuntimeModules.OwnPrefix + name);
        var known = RuntimeModules.All.Keys.Concat(own).ToHashSet(StringComparer.Ordinal);
        var calls = code.Program!.DescendantNodes().OfType<CallExpression>();
        return [.. calls.Select(call => Unknown(call, known)).OfType<CompileError>()];
    }

    private static CompileError? ErrorOf(Func<Prepared<Script>> prepare, out Prepared<Script> prepared)
    {
        prepared = default;
        try
        {
            prepared = prepare();
            return null;
        }
        catch (Exception failure) when (ErrorOf(failure) is { } error)
        {
            return new CompileError(error.Description ?? error.Message, error.LineNumber, error.Column + 1);
        }
    }

    private static ParseErrorException? ErrorOf(Exception failure) =>
        failure as ParseErrorException ?? failure.InnerException as ParseErrorException;

    private static CompileError? Unknown(CallExpression call, HashSet<string> known) =>
        call is { Callee: Identifier { Name: "require" }, Arguments: [StringLiteral { Value: var name }] }
        && !known.Contains(name)
            ? new CompileError(
                $"Cannot find module '{name}'", call.Location.Start.Line, call.Location.Start.Column + 1)
            : null;
}
