using System.Collections.Frozen;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerHandlerFilters;

namespace AuthServer.Protocol.Hosting;

/// <summary>
/// Filters of OpenIddict's that depend only on the options: they are evaluated once, when the chains are made.
/// </summary>
internal static class OptionFilters
{
    private static readonly FrozenDictionary<Type, Func<OpenIddictServerOptions, bool>> Answers =
        new Dictionary<Type, Func<OpenIddictServerOptions, bool>>
        {
            [typeof(RequireDegradedModeDisabled)] = options => !options.EnableDegradedMode,
            [typeof(RequireTokenStorageEnabled)] = options => !options.DisableTokenStorage,
            [typeof(RequireAuthorizationStorageEnabled)] = options => !options.DisableAuthorizationStorage,
            [typeof(RequireEndpointPermissionsEnabled)] = options => !options.IgnoreEndpointPermissions,
            [typeof(RequireGrantTypePermissionsEnabled)] = options => !options.IgnoreGrantTypePermissions,
            [typeof(RequireScopePermissionsEnabled)] = options => !options.IgnoreScopePermissions,
            [typeof(RequireAudiencePermissionsEnabled)] = options => !options.IgnoreAudiencePermissions,
            [typeof(RequireResourcePermissionsEnabled)] = options => !options.IgnoreResourcePermissions,
            [typeof(RequireScopeValidationEnabled)] = options => !options.DisableScopeValidation,
            [typeof(RequireAudienceValidationEnabled)] = options => !options.DisableAudienceValidation,
            [typeof(RequireResourceValidationEnabled)] = options => !options.DisableResourceValidation,
            [typeof(RequireResponseTypePermissionsEnabled)] = options => !options.IgnoreResponseTypePermissions,
            [typeof(RequireReferenceAccessTokensEnabled)] = options => options.UseReferenceAccessTokens,
            [typeof(RequireReferenceRefreshTokensEnabled)] = options => options.UseReferenceRefreshTokens,
            [typeof(RequireSlidingRefreshTokenExpirationEnabled)] =
                options => !options.DisableSlidingRefreshTokenExpiration,

            // Tokens of grant types that are off.
            [typeof(RequireDeviceCodeGenerated)] = Allows(GrantTypes.DeviceCode),
            [typeof(RequireDeviceCodeValidated)] = Allows(GrantTypes.DeviceCode),
            [typeof(RequireUserCodeGenerated)] = Allows(GrantTypes.DeviceCode),
            [typeof(RequireUserCodeValidated)] = Allows(GrantTypes.DeviceCode),
            [typeof(RequireActorTokenValidated)] = Allows(GrantTypes.TokenExchange),
            [typeof(RequireSubjectTokenValidated)] = Allows(GrantTypes.TokenExchange),
            [typeof(RequireIssuedTokenGenerated)] = Allows(GrantTypes.TokenExchange),

            // ASP.NET Core is the only host.
            [typeof(OpenIddictServerAspNetCoreHandlerFilters.RequireHttpRequest)] = _ => true,
        }.ToFrozenDictionary();

    private static Func<OpenIddictServerOptions, bool> Allows(string grantType) =>
        options => options.GrantTypes.Contains(grantType);

    /// <returns>Whether the filter lets its handler run; null when that depends on the request.</returns>
    public static bool? Answer(Type filter, OpenIddictServerOptions options) =>
        Answers.TryGetValue(filter, out var answer) ? answer(options) : null;
}
