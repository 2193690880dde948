namespace AuthServer.Core.Model;

/// <summary>Claims that a request named one by one (OpenID Connect Core §5.5), by where they are to stand.</summary>
public sealed record RequestedClaims(IReadOnlyList<string> UserInfo, IReadOnlyList<string> IdToken)
{
    public static RequestedClaims None { get; } = new([], []);
}
