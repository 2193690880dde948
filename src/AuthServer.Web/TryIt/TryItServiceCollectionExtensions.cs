namespace AuthServer.Web.TryIt;

/// <summary>
/// The built-in sample application: a client of this server like any other, over HTTP. Only in Development.
/// </summary>
internal static class TryItServiceCollectionExtensions
{
    public static void AddTryIt(this IServiceCollection services)
    {
        services.AddSingleton<SampleClient>();
        services.AddSingleton<TrySessions>();
        services.AddSingleton<SampleBackchannel>();
        services.AddScoped<SampleSignIn>();
    }
}
