using OpenIddict.Server;

namespace AuthServer.Protocol;

/// <summary>Prints the resulting order of handlers for <c>docs/pipeline.md</c>.</summary>
internal static class PipelinePrinter
{
    /// <summary>One line for each handler, in the order in which they run.</summary>
    public static IEnumerable<string> Print(OpenIddictServerOptions options) => options.Handlers
        .GroupBy(handler => NameOf(handler.ContextType), StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .SelectMany(group => group.OrderBy(handler => handler.Order).Select(handler => Line(group.Key, handler)));

    private static string NameOf(Type context) => context.Name.Replace("Context", "", StringComparison.Ordinal);

    private static string Line(string context, OpenIddictServerHandlerDescriptor handler)
    {
        var mark = handler.Type == OpenIddictServerHandlerType.BuiltIn ? " " : "*";
        return $"{context,-34} {handler.Order,12} {mark} {handler.ServiceDescriptor.ServiceType.Name.Split('`')[0]}";
    }
}
