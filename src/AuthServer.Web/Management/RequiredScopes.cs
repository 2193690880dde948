namespace AuthServer.Web.Management;

/// <summary>The scopes of which a caller needs one; every route under <c>/api/v2</c> declares them.</summary>
internal sealed record RequiredScopes(IReadOnlyList<string> AnyOf)
{
    /// <returns>The error; null when the caller has one of the scopes.</returns>
    public ManagementError? Check(ManagementPrincipal caller) =>
        caller.HasAny(AnyOf) ? null : ManagementError.InsufficientScope(AnyOf);
}

/// <summary>Declares the scopes of a route.</summary>
internal static class RequiredScopesExtensions
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder route, params string[] anyOf)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RequiredScopes(anyOf));
}
