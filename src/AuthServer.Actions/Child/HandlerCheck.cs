using Acornima.Ast;
using AuthServer.Actions.Messages;

namespace AuthServer.Actions.Child;

/// <summary>
/// Whether an Action exports a function that its trigger calls, as far as its code shows that without being executed.
/// </summary>
internal static class HandlerCheck
{
    /// <param name="program">The code.</param>
    /// <param name="handlers">Names of the exports that the trigger calls; none for a module.</param>
    public static IEnumerable<CompileError> Check(Node program, IReadOnlyList<string> handlers)
    {
        if (handlers.Count == 0)
            return [];
        var nodes = program.DescendantNodes().ToList();
        if (!nodes.Exists(node => IsDynamic(node) || NameOf(node) == handlers[0]))
            return [new CompileError($"The Action does not export the function {handlers[0]}", 1, 1)];
        return
            from node in nodes
            let export = ExportOf(node)
            where handlers.Contains(export.Name, StringComparer.Ordinal) && IsGenerator(export.Value, nodes)
            select CodeChecker.At(node, $"Invalid function signature for the handler {export.Name}");
    }

    /// <summary>Exports of another module may become its own, and names may be computed.</summary>
    private static bool IsDynamic(Node node) => node is CallExpression { Callee: Identifier { Name: "require" } } call
        ? call.Arguments is not [StringLiteral { Value: var name }]
            || name.StartsWith(RuntimeModules.OwnPrefix, StringComparison.Ordinal)
        : node is MemberExpression { Computed: true, Object: var target, Property: not StringLiteral }
            && IsExports(target);

    private static bool IsExports(Node node) =>
        node is Identifier { Name: "exports" } or MemberExpression { Property: Identifier { Name: "exports" } };

    private static string? NameOf(Node node) => node switch
    {
        Identifier { Name: var name } => name,
        StringLiteral { Value: var text } => text,
        _ => null,
    };

    /// <summary><c>exports.name = value</c>, or <c>name: value</c>.</summary>
    private static (string? Name, Node? Value) ExportOf(Node node) => node switch
    {
        AssignmentExpression { Left: MemberExpression { Object: var target } left, Right: var value }
            when IsExports(target) => (NameOf(left.Property), value),
        Property { Key: var key, Value: var value } => (NameOf(key), value),
        _ => default,
    };

    private static bool IsGenerator(Node? value, List<Node> nodes) => value switch
    {
        FunctionExpression { Generator: var isGenerator } => isGenerator,
        Identifier { Name: var name } => nodes.Exists(
            node => node is FunctionDeclaration { Generator: true, Id.Name: var declared } && declared == name),
        _ => false,
    };
}
