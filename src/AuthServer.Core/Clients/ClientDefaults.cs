using AuthServer.Core.Model;

namespace AuthServer.Core.Clients;

/// <summary>Defaults of a new client.</summary>
public static class ClientDefaults
{
    public static Client New(
        string name,
        string? appType,
        string? authMethod,
        DateTimeOffset now,
        string? clientId = null)
    {
        var method =
            authMethod
            ?? (
                appType is AppTypes.Native or AppTypes.Spa
                    ? TokenEndpointAuthMethods.None
                    : TokenEndpointAuthMethods.ClientSecretPost);
        return new Client
        {
            Id = Guid.CreateVersion7(now),
            ClientId = clientId ?? OpaqueToken.Alphanumeric(32),
            Name = name,
            AppType = appType,
            TokenEndpointAuthMethod = method,
            GrantTypes = GrantTypes(appType),
            RefreshTokens = RefreshTokens(method),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>Implicit and password are never there by default.</summary>
    public static IReadOnlyList<string> GrantTypes(string? appType) =>
        appType == AppTypes.NonInteractive ? ["client_credentials"] : ["authorization_code", "refresh_token"];

    public static RefreshTokenPolicy RefreshTokens(string authMethod) =>
        authMethod == TokenEndpointAuthMethods.None ? RefreshTokenPolicy.ForPublic : RefreshTokenPolicy.ForConfidential;
}
