using System.Collections.Frozen;

namespace AuthServer.Web.Management;

/// <summary>
/// The operations of the API by method and route, such as <c>PATCH /api/v2/clients/{id}</c>, with the scopes that each
/// declares. The dashboard asks for the rights of the operations that it performs.
/// </summary>
internal sealed class ManagementOperations(EndpointDataSource endpoints)
{
    private readonly Lazy<FrozenDictionary<string, RequiredScopes>> operations = new(() => Read(endpoints));

    public IEnumerable<string> All => operations.Value.Keys;

    /// <exception cref="InvalidOperationException">There is no such operation.</exception>
    public bool Allows(ManagementPrincipal caller, string operation) => caller.HasAny(ScopesOf(operation));

    /// <exception cref="ManagementException">The caller lacks the scopes.</exception>
    public void EnsureAllowed(ManagementPrincipal caller, string operation)
    {
        if (!Allows(caller, operation))
            throw ManagementError.InsufficientScope(ScopesOf(operation)).AsException();
    }

    /// <exception cref="InvalidOperationException">There is no such operation.</exception>
    public IReadOnlyList<string> ScopesOf(string operation) =>
        operations.Value.TryGetValue(operation, out var scopes)
            ? scopes.AnyOf
            : throw new InvalidOperationException($"The Management API has no operation {operation}.");

    private static FrozenDictionary<string, RequiredScopes> Read(EndpointDataSource endpoints) =>
        endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<RequiredScopes>() is not null)
            .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(
                method => KeyValuePair.Create(
                    $"{method} {route.RoutePattern.RawText}",
                    route.Metadata.GetRequiredMetadata<RequiredScopes>())))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
