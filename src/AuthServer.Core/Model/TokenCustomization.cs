using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthServer.Core.Model;

/// <summary>
/// Changes that the Actions of a login made to its tokens. They are kept with the authorization, for the exchange of
/// its code and for <c>/userinfo</c>.
/// </summary>
public sealed record TokenCustomization
{
    private static readonly Dictionary<string, JsonElement> NoClaims = new(StringComparer.Ordinal);

    public static TokenCustomization None { get; } = new();

    public IReadOnlyDictionary<string, JsonElement> AccessTokenClaims { get; init; } = NoClaims;

    /// <summary>They are at <c>/userinfo</c>, too.</summary>
    public IReadOnlyDictionary<string, JsonElement> IdTokenClaims { get; init; } = NoClaims;

    public IReadOnlyList<string> AddedScopes { get; init; } = [];

    public IReadOnlyList<string> RemovedScopes { get; init; } = [];

    [JsonIgnore]
    public bool IsEmpty =>
        AccessTokenClaims.Count == 0 && IdTokenClaims.Count == 0 && AddedScopes.Count == 0 && RemovedScopes.Count == 0;

    /// <summary>
    /// The scopes of the access token. OpenID Connect's own, which decide about more than that token, stay as they are.
    /// </summary>
    public Scopes Apply(Scopes granted) =>
        AddedScopes.Count == 0 && RemovedScopes.Count == 0
            ? granted
            : granted.Where(scope => !RemovedScopes.Contains(scope, StringComparer.Ordinal))
                .Union(Scopes.Of(AddedScopes));

    public bool Equals(TokenCustomization? other) =>
        other is not null
        && AreSame(AccessTokenClaims, other.AccessTokenClaims)
        && AreSame(IdTokenClaims, other.IdTokenClaims)
        && AddedScopes.SequenceEqual(other.AddedScopes, StringComparer.Ordinal)
        && RemovedScopes.SequenceEqual(other.RemovedScopes, StringComparer.Ordinal);

    public override int GetHashCode() =>
        HashCode.Combine(AccessTokenClaims.Count, IdTokenClaims.Count, AddedScopes.Count, RemovedScopes.Count);

    private static bool AreSame(
        IReadOnlyDictionary<string, JsonElement> left, IReadOnlyDictionary<string, JsonElement> right) =>
        left.Count == right.Count
        && left.All(claim =>
            right.TryGetValue(claim.Key, out var value) && JsonElement.DeepEquals(claim.Value, value));
}
