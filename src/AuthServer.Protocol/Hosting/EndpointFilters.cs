using System.Collections.Frozen;
using AuthServer.Protocol.ClientAuthentication;
using AuthServer.Protocol.Issuance;
using static OpenIddict.Server.OpenIddictServerHandlerFilters;
using Endpoint = OpenIddict.Server.OpenIddictServerEndpointType;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// Filters that depend only on the endpoint: the dispatcher compares it with a precomputed set, and calls none of them.
/// </summary>
internal static class EndpointFilters
{
    private const uint All = uint.MaxValue;

    private static readonly FrozenDictionary<Type, uint> Sets = new Dictionary<Type, uint>
    {
        [typeof(RequireAuthorizationRequest)] = SetOf(Endpoint.Authorization),
        [typeof(RequireConfigurationRequest)] = SetOf(Endpoint.Configuration),
        [typeof(RequireDeviceAuthorizationRequest)] = SetOf(Endpoint.DeviceAuthorization),
        [typeof(RequireEndSessionRequest)] = SetOf(Endpoint.EndSession),
        [typeof(RequireEndUserVerificationRequest)] = SetOf(Endpoint.EndUserVerification),
        [typeof(RequireIntrospectionRequest)] = SetOf(Endpoint.Introspection),
        [typeof(RequireJsonWebKeySetRequest)] = SetOf(Endpoint.JsonWebKeySet),
        [typeof(RequirePushedAuthorizationRequest)] = SetOf(Endpoint.PushedAuthorization),
        [typeof(RequireRevocationRequest)] = SetOf(Endpoint.Revocation),
        [typeof(RequireTokenRequest)] = SetOf(Endpoint.Token),
        [typeof(RequireUserInfoRequest)] = SetOf(Endpoint.UserInfo),
        [typeof(RequireAuthorizationEndpoint)] = SetOf(Endpoint.Authorization),
        [typeof(RequireClientAuthentication)] =
            SetOf([.. Enum.GetValues<Endpoint>().Where(RequireClientAuthentication.Applies)]),
    }.ToFrozenDictionary();

    public static bool Contains(Type filter) => Sets.ContainsKey(filter);

    /// <summary>The endpoints that all of the filters let pass, as a set of bits.</summary>
    public static uint EndpointsOf(IEnumerable<Type> filters) =>
        filters.Aggregate(All, (set, filter) => set & Sets.GetValueOrDefault(filter, All));

    public static bool Has(uint endpoints, Endpoint endpoint) => (endpoints >> (int)endpoint & 1) != 0;

    private static uint SetOf(params IEnumerable<Endpoint> endpoints) =>
        endpoints.Aggregate(0u, (set, endpoint) => set | 1u << (int)endpoint);
}
