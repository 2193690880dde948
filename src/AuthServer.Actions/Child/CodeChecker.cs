using Acornima;
using Acornima.Ast;
using AuthServer.Actions.Messages;
using Jint;

namespace AuthServer.Actions.Child;

/// <summary>
/// Finds what keeps code from being deployed: syntax errors, modules that there are not, and an Action whose trigger
/// could not call it.
/// </summary>
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
        var errors = NodesOf(code.Program!).Select(found => ErrorAt(found.Node, found.IsTried, known))
            .OfType<CompileError>().OrderBy(found => (found.Line, found.Column));
        return [.. errors, .. HandlerCheck.Check(code.Program!, check.Handlers)];
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

    /// <summary>All nodes, and whether each is in the block of a try statement.</summary>
    private static IEnumerable<(Node Node, bool IsTried)> NodesOf(Node root)
    {
        var rest = new Stack<(Node Node, bool IsTried)>([(root, false)]);
        while (rest.TryPop(out var next))
        {
            yield return next;
            foreach (var child in next.Node.ChildNodes)
                rest.Push((child, next.IsTried || (next.Node is TryStatement { Block: var block } && child == block)));
        }
    }

    /// <summary>A module that is missing is an error of the execution where the Action may catch it.</summary>
    private static CompileError? ErrorAt(Node node, bool isTried, HashSet<string> known) => node switch
    {
        CallExpression { Callee: Identifier { Name: "require" }, Arguments: [StringLiteral { Value: var name }] }
            when !isTried && !known.Contains(name) => At(node, $"Cannot find module '{name}'"),
        ImportExpression { Source: StringLiteral { Value: var name } } => At(
            node, RefusingModuleLoader.MessageOf(name)),
        ImportExpression => At(node, "import() is not available on this server: use require()"),
        _ => null,
    };

    public static CompileError At(Node node, string message) =>
        new(message, node.Location.Start.Line, node.Location.Start.Column + 1);
}
