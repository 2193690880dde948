using System.Text.Json;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Issuance;
using AuthServer.Core.Jose;
using AuthServer.Core.Organizations;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Core.UserInfo;

/// <summary>Whose claims, and which, OpenID Connect Core §5.3.</summary>
public sealed record UserInfoAnswer(User User, Authorization Authorization, Scopes Scopes, Tenant Tenant)
{
    /// <summary>The organization that the user is signed in to; null for their own account.</summary>
    public Organization? Organization { get; init; }

    /// <summary>The same as a JWT, for a client that asks for that (§5.3.2); null for the others.</summary>
    public string? Signed { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("sub", Authorization.Subject);
        UserClaims.Write(json, User, Scopes, Authorization.Claims?.UserInfo ?? [], UpdatedAtFormat.UnixSeconds);
        OrganizationClaims.Write(json, Organization, Tenant);
    }
}

public sealed class UserInfoHandler(Tenant tenant, AccessTokens tokens, DpopProofs proofs, IUserStore users, IClientStore clients, IOrganizationStore organizations)
{
    public async Task<Result<UserInfoAnswer>> HandleAsync(PresentedToken presented, DateTimeOffset now, CancellationToken ct)
    {
        var token = await tokens.ReadAsync(presented.Value, now, ct);
        if (token?.Authorization is not { } authorization
            || !token.Audiences.Contains(tenant.Issuer.UserInfo, StringComparer.Ordinal))
            return OAuthError.InvalidToken("The access token is expired, revoked or not for this endpoint");
        if (await proofs.CheckAsync(presented, token.BoundTo, now, ct) is { } unproven)
            return unproven;
        if (!token.Scopes.Contains("openid"))
            return OAuthError.InsufficientScope("The access token was not granted openid");
        if (await users.FindAsync(authorization.UserId, ct) is not { } user
            || await clients.FindAsync(authorization.ClientId, ct) is not { } client)
            return OAuthError.InvalidToken("The access token is expired, revoked or not for this endpoint");

        var organization = authorization.OrganizationId is { } id ? await organizations.FindAsync(id, ct) : null;
        var answer = new UserInfoAnswer(user, authorization, token.Scopes, tenant) { Organization = organization };
        return client.UserInfoAlgorithm is null ? answer : answer with { Signed = Sign(answer, client) };
    }

    /// <summary>It has no <c>exp</c>, so that nobody takes it for an ID token.</summary>
    private string Sign(UserInfoAnswer answer, Client client) => JwtWriter.Sign(tenant.Keys.Current(Algorithms.Rs256), "JWT", json =>
    {
        json.WriteString("iss", tenant.Issuer.Value);
        json.WriteString("aud", client.ClientId);
        answer.Write(json);
    });
}
