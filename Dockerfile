FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src src
RUN dotnet restore src/AuthServer.Web --locked-mode -p:Configuration=Release \
 && dotnet publish src/AuthServer.Web --configuration Release --no-restore --output /app \
 && mkdir /data /tls

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
COPY --from=build --chown=$APP_UID:$APP_UID /tls /tls
USER $APP_UID
ENV ASPNETCORE_URLS=http://+:8080 \
    AuthServer__DataDirectory=/data
EXPOSE 8080
VOLUME /data
ENTRYPOINT ["dotnet", "AuthServer.Web.dll"]
