using AuthServer.Core.Model;

namespace AuthServer.Core.Issuance;

/// <summary>How long access tokens are valid, in seconds: the API's setting.</summary>
public static class AccessTokenLifetime
{
    /// <summary>Of an opaque token, which is only for <c>/userinfo</c>.</summary>
    private const int ForUserInfo = 86_400;

    /// <param name="api">Null for a token that is only for <c>/userinfo</c>.</param>
    /// <param name="isForWeb">The token is part of a browser's URL.</param>
    public static int Of(ResourceServer? api, bool isForWeb = false) => api switch
    {
        null => ForUserInfo,
        _ => isForWeb ? api.TokenLifetimeForWeb : api.TokenLifetime,
    };

    /// <summary>The longest that a token for the API can have.</summary>
    public static int MaxOf(ResourceServer? api) => Math.Max(Of(api), Of(api, isForWeb: true));
}
