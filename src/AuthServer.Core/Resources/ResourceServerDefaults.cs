namespace AuthServer.Core.Resources;

public static class ResourceServerDefaults
{
    /// <summary>Lifetime of an opaque access token for <c>/userinfo</c> in seconds.</summary>
    public const int UserInfoTokenLifetime = 86_400;
}
