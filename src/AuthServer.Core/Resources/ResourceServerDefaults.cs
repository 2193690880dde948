namespace AuthServer.Core.Resources;

public static class ResourceServerDefaults
{
    /// <summary>Seconds that an opaque access token for <c>/userinfo</c> lives.</summary>
    public const int UserInfoTokenLifetime = 86_400;
}
