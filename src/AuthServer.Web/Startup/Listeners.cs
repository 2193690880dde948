namespace AuthServer.Web.Startup;

/// <summary>The addresses are ASP.NET Core's own setting; this adds the default and the certificate.</summary>
internal static class Listeners
{
    private const string Default = "http://localhost:5000;https://localhost:5001";

    public static void Configure(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().ToList();
        if (string.IsNullOrEmpty(configuration[WebHostDefaults.ServerUrlsKey]) && endpoints.Count == 0
            && string.IsNullOrEmpty(configuration["HTTP_PORTS"]) && string.IsNullOrEmpty(configuration["HTTPS_PORTS"]))
            builder.WebHost.UseUrls(Default);

        var wantsHttps =
            (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Contains(
                "https://", StringComparison.OrdinalIgnoreCase) || !string.IsNullOrEmpty(configuration["HTTPS_PORTS"]);
        var hasCertificate = configuration.GetSection("Kestrel:Certificates:Default").GetChildren().Any();
        if (wantsHttps && !hasCertificate && !builder.Environment.IsDevelopment())
        {
            throw new StartupException(
                "An https listener is configured without a certificate. Set Kestrel__Certificates__Default__Path and "
                    + "Kestrel__Certificates__Default__KeyPath (PEM), or set ASPNETCORE_URLS to http addresses "
                    + "behind a proxy that ends TLS.");
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            if (wantsHttps && !hasCertificate)
            {
                var data = kestrel.ApplicationServices.GetRequiredService<DataDirectory>();
                var certificate = data.Use(() => DevelopmentCertificate.Create(data, TimeProvider.System.GetUtcNow()));
                kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
            }
        });
    }
}
