using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>The members of a client's <c>refresh_token</c>.</summary>
internal static class RefreshTokenModel
{
    /// <summary>The bounds themselves are among <see cref="ClientMetadataRules"/>.</summary>
    private const int Min = int.MinValue;
    private const int Max = int.MaxValue;
    private static readonly RefreshTokenPolicy Blank = new();
    private static readonly JsonValidator Rotation = JsonValidators.OneOf("rotating", "non-rotating");
    private static readonly JsonValidator Expiration = JsonValidators.OneOf("expiring", "non-expiring");

    public static ResourceSchema<Client> Wire { get; } =
        new ResourceSchema<Client>()
            .Text(
                "rotation_type",
                c => c.RefreshTokens.Rotating ? "rotating" : "non-rotating",
                (c, v) => Set(c, p => p with { Rotating = v == "rotating" }),
                Rotation)
            .Text(
                "expiration_type",
                c => c.RefreshTokens.Expiring ? "expiring" : "non-expiring",
                (c, v) => Set(c, p => p with { Expiring = v == "expiring" }),
                Expiration)
            .Whole(
                "leeway",
                c => c.RefreshTokens.Leeway,
                (c, v) => Set(c, p => p with { Leeway = v }),
                Min,
                Max,
                reset: 0)
            .Whole(
                "token_lifetime",
                c => c.RefreshTokens.TokenLifetime,
                (c, v) => Set(c, p => p with { TokenLifetime = v }),
                Min,
                Max,
                Blank.TokenLifetime)
            .Whole(
                "idle_token_lifetime",
                c => c.RefreshTokens.IdleTokenLifetime,
                (c, v) => Set(c, p => p with { IdleTokenLifetime = v }),
                Min,
                Max,
                Blank.IdleTokenLifetime)
            .Flag(
                "infinite_token_lifetime",
                c => c.RefreshTokens.InfiniteTokenLifetime,
                (c, v) => Set(c, p => p with { InfiniteTokenLifetime = v }))
            .Flag(
                "infinite_idle_token_lifetime",
                c => c.RefreshTokens.InfiniteIdleTokenLifetime,
                (c, v) => Set(c, p => p with { InfiniteIdleTokenLifetime = v }))
            .Absent("policies", "[]");

    private static void Set(Client client, Func<RefreshTokenPolicy, RefreshTokenPolicy> change) =>
        client.RefreshTokens = change(client.RefreshTokens);
}
