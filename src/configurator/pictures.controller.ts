import { Controller, Get, NotFoundException, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OpenRoute } from '../platform/http/open-route.js';
import { Pictures } from './pictures.js';

/** The picture of a configuration from our own origin; it says nothing of a person. */
@Controller('pictures')
export class PicturesController {
  constructor(private readonly pictures: Pictures) {}

  @Get(':configurationId')
  @OpenRoute()
  async show(
    @Param('configurationId', ParseUUIDPipe) configurationId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const picture = await this.pictures.of(configurationId);
    if (!picture) throw new NotFoundException('This configuration has no picture that may be shown.');
    void reply.headers({
      'content-type': picture.type,
      'cache-control': 'private, max-age=3600',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; sandbox`,
      'x-content-type-options': 'nosniff',
    });
    return picture.bytes;
  }
}
